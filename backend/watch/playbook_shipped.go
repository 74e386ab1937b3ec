package watch

// shippedPlaybooks are what ships, drawn from the working rules of several desks: ask the nearest first, tell the customer
// before the customer asks, take photos before anybody drives off, write down who said what. Each is for a topic or a kind;
// a desk edits its own version.
var shippedPlaybooks = []Playbook{
	{Kind: "late", Title: "Appointment missed or about to be missed", Steps: []Step{
		{"locate", "Call the driver: where, moving or not, why, ETA", toDriver, 5, "Hello {driver}, load {load} for {stop}: where are you now, what holds you up, and when will you be there?"},
		{"dispatcher", "No answer: call the dispatcher, then the after-hours line", toDispatcher, 15, "Load {load} has to be at {place} by {window} and we cannot reach the driver. Where is the truck, and what is the ETA?"},
		{"facility", "Call the facility: will they still take it today, until when, else which is the next slot", "facility", 20, "Load {load} is expected about {eta} instead of {window}. Can you still work it in, or which is your next slot?"},
		{"customer", "Tell the customer: cause, new ETA, what is being done, when they hear again", toCustomer, 30, "Load {load} for {place}: the appointment of {window} will not be kept. New ETA {eta}. We are holding a slot with the receiver. Next update at {next}."},
		{"appointment", "Put the new appointment and its reason on record; keep the original", "desk", 45, ""},
		{"recover", "Over 2 hours late without an ETA: ask the lead about another truck", toLead, 120, ""},
		{"cause", "File cause, responsible party and evidence (gate log, position, message)", "desk", 0, ""},
	}},
	{Kind: "eta.late", Title: "ETA after the appointment", Steps: []Step{
		{"confirm", "Confirm the ETA with the driver: miles left, hours left, stops on the way", toDriver, 15, "Hello {driver}, load {load}: your ETA at {place} is {eta}, the appointment is {window}. Is that right, and how many hours can you still drive today?"},
		{"slot", "Ask the facility whether the later time is taken, before the appointment passes", "facility", 30, "Load {load} is due {window} and looks like {eta}. Will you still take it, or which slot is next?"},
		{"customer", "Tell the customer before the appointment passes", toCustomer, 45, "Load {load} is running late for {place}: due {window}, now expected {eta}. We are asking the receiver to take it. Next update at {next}."},
		{"record", "Put the agreed time on record", "desk", 60, ""},
	}},
	{Kind: "appointment", Title: "No valid appointment", Steps: []Step{
		{"tender", "Look in the tender and mails for a window that did not reach the TMS", "desk", 30, ""},
		{"facility", "Ask the facility for a slot; write down the confirmation number and who gave it", "facility", 60, "We need a slot for load {load}. Which times are open, and what is the confirmation number?"},
		{"carrier", "Tell the carrier the slot and have it confirmed", toDispatcher, 90, "Load {load} is set for {window} at {place}. Please confirm that your driver will make it."},
		{"record", "Enter the appointment with who asked and why", "desk", 100, ""},
	}},
	{Kind: "facility", Title: "Facility closed at the appointment", Steps: []Step{
		{"hours", "Call the facility: are these hours right, also on that day", "facility", 60, "Load {load} is set for {window}. Are you receiving then?"},
		{"move", "Closed: agree on a slot in their hours", "facility", 120, ""},
		{"tell", "Tell carrier and customer the new time", toCustomer, 150, "{place} is closed at {window}. Load {load} now goes in at {next}."},
		{"hoursRecord", "Correct the hours of the facility on file", "desk", 180, ""},
	}},
	{Kind: "word", Title: "Nothing is heard or seen of the truck", Steps: []Step{
		{"source", "See whether the source itself is down; then it is not the driver", "desk", 5, ""},
		{"text", "Text the driver one question that takes one word to answer", toDriver, 15, "Load {load}: city you are in now, and ETA at {place}? Thank you."},
		{"driver", "Call the driver", toDriver, 30, "Hello {driver}, load {load}: we do not see you. Where are you, and is the tracking on?"},
		{"dispatcher", "Three tries without an answer: the dispatcher, then the after-hours line", toDispatcher, 60, "We have no word of load {load} since {what}. When did you last speak with the driver, and where was the truck?"},
		{"lead", "No word from anybody for 4 hours: the lead. On high value at once, and do not say where the load is to callers you do not know", toLead, 240, ""},
	}},
	{Kind: "tracking.none", Title: "Not tracking", Steps: []Step{
		{"number", "Check that the tracking was sent to the number the driver really has", "desk", 10, ""},
		{"resend", "Send the link again and call while the driver accepts it", toDriver, 20, "Hello {driver}, I have just sent the tracking link for load {load}. Please accept it while we are on the phone."},
		{"dispatcher", "Not accepted: the dispatcher; the rate confirmation may name a penalty", toDispatcher, 45, "Load {load} is not tracking, though the rate confirmation asks for it. Please have it accepted before loading."},
		{"manual", "It stays off: set check calls and tell the customer if they pay for tracking", "desk", 60, ""},
	}},
	{Kind: "tracking.denied", Title: "Tracking denied", Steps: []Step{
		{"cause", "Read the platform's cause: opted out, wrong number, permission missing", "desk", 10, ""},
		{"dispatcher", "Ask the dispatcher, on a number from the register, not from the last mail", toDispatcher, 20, "Tracking of load {load} was refused. Is this still your driver and your truck? Please have it accepted."},
		{"identity", "Refused right after booking, and a driver nobody may speak to: treat it as suspected fraud, stop, tell the manager", "manager", 30, ""},
	}},
	{Kind: "falseFresh", Title: "Position that only looks fresh", Steps: []Step{
		{"second", "Compare with a second source, or ask for a mile marker", "desk", 15, ""},
		{"driver", "Call the driver: which exit did you last pass?", toDriver, 30, "Hello {driver}, load {load}: which exit or town did you pass last, and are you moving?"},
		{"source", "Set the source aside for this load until it moves; report it to the platform", "desk", 60, ""},
	}},
	{Kind: "dwell", Title: "Long at the stop", Steps: []Step{
		{"driver", "Ask the driver: in a door, being worked, told a time?", toDriver, 10, "Hello {driver}, load {load}: are you in a door, and did they tell you when you will be out?"},
		{"facility", "Ask the facility for a door and an expected time out", "facility", 20, "The truck for load {load} has been with you since {what}. Which door, and when will it be out?"},
		{"next", "Check what this does to the next stop; move it in time", "desk", 30, ""},
		{"customer", "Tell the customer when the next stop is touched", toCustomer, 45, "Load {load} is held at {place}. The next stop is at risk; next update at {next}."},
	}},
	{Kind: "detention.running", Title: "Detention", Steps: []Step{
		{"notice", "Before free time ends: tell the facility and ask for a door", "facility", 5, "Free time for load {load} at {place} is about to end. Please give us a door; detention starts after it."},
		{"customer", "Give the customer notice before it starts to cost", toCustomer, 15, "Load {load} is waiting at {place}; detention starts when free time ends. We have asked for a door. Next update at {next}."},
		{"proof", "Have the driver take signed in and out times on the BOL", toDriver, 30, "Please have the in and out times stamped or signed on the BOL and send a photo."},
		{"approval", "Approve only what your limit allows; above it ask the lead, in writing", toLead, 60, ""},
		{"hourly", "Ask again every hour; at 5 hours speak about a layover", "desk", 300, ""},
	}},
	{Kind: "unscheduled", Title: "Unscheduled stop", Steps: []Step{
		{"driver", "Call the driver: is everyone well? Breakdown, rest, fuel, or waiting?", toDriver, 10, "Hello {driver}, you have been standing at {position} for a while. Are you all right, and is it a rest or a problem?"},
		{"help", "Breakdown: when is help there, can it be repaired, does the load need another truck?", toDispatcher, 30, "Load {load} stands at {position}. When is the repair done, or when can another truck take it?"},
		{"valuable", "High value or no answer: the lead at once, and the police when theft is possible", toLead, 30, ""},
		{"eta", "New ETA on record; tell the customer if the appointment is touched", toCustomer, 60, "The truck of load {load} is standing at {position}. New ETA {eta}. Next update at {next}."},
	}},
	{Kind: "route", Title: "Routing error", Steps: []Step{
		{"address", "Compare the address the driver has with the one on the tender", toDriver, 10, "Hello {driver}, load {load} goes to {place}. Which address are you driving to?"},
		{"turn", "Wrong city: send the right address in writing and have it repeated", toDriver, 20, "Load {load}: please go to {place}. Please answer with the city and the ETA."},
		{"suspect", "No answer, or off the way with high value: suspected theft; tell the lead, speak with the dispatcher on a number from the register", toLead, 20, ""},
		{"slot", "Miles and hours lost: new ETA, new slot, tell the customer", toCustomer, 45, "Load {load} lost time on its way to {place}. New ETA {eta}, due {window}. Next update at {next}."},
		{"cause", "File cause, party and evidence", "desk", 0, ""},
	}},
	{Kind: "scan", Title: "Missed scan", Steps: []Step{
		{"ask", "Ask the driver or dispatcher for the time on the paper", toDispatcher, 30, "What time did load {load} check in at {place}, and what is on the BOL?"},
		{"terminal", "LTL: call the terminal for the physical bay before speaking of a loss; 72 hours without a scan can be normal", toDispatcher, 60, "PRO of load {load}: please look for the freight on the floor and give us the bay."},
		{"record", "Enter the time with its source; never from the position alone", "desk", 90, ""},
	}},
	{Kind: "order", Title: "Scans out of order", Steps: []Step{
		{"which", "See which of the two times is wrong: a keying error, a wrong stop, a wrong day", "desk", 30, ""},
		{"ask", "Ask who reported it for the time on paper", toDispatcher, 60, "For load {load} at {place} we have: {what}. Which time is on the paper?"},
		{"correct", "Correct it with the reason; send the correction to the TMS", "desk", 90, ""},
	}},
	{Kind: "pop", Title: "POP missing", Steps: []Step{
		{"ask", "Ask for a photo of the signed BOL", toDriver, 30, "Hello {driver}, please send a photo of the signed BOL of load {load}: all pages, signature and times readable."},
		{"dispatcher", "Not there: ask the dispatcher", toDispatcher, 240, "The signed BOL of load {load} is missing. Please send it today."},
		{"check", "Check: shipper's and driver's signature, times, pieces and weight, seal, equipment", "desk", 0, ""},
	}},
	{Kind: "pod", Title: "POD missing", Steps: []Step{
		{"ask", "Ask for the POD within 2 hours of delivery", toDispatcher, 120, "Please send the signed POD of load {load}, delivered at {place}: all pages, with signature, printed name, date and time."},
		{"remind", "Remind them after 4 hours more", toDispatcher, 360, "We still miss the POD of load {load}. Please send it; payment starts with a valid POD."},
		{"call", "Call after 8 hours, up to three times with 2 hours between", toDispatcher, 600, "The POD of load {load} is missing. Who has it, and when do we have it?"},
		{"operations", "After 24 hours: the lead; ask the receiver for a copy", toLead, 1440, "May we have a copy of the signed receipt for load {load}, received from {carrier}?"},
		{"check", "Check: signature, printed name, date, time, place, pieces, notes, numbers of load, BOL and PO", "desk", 0, ""},
	}},
	{Kind: "podProblem", Title: "Short, over, damaged, refused, or a POD that does not hold", Steps: []Step{
		{"stay", "The driver stays at the dock until told otherwise", toDriver, 5, "Please do not leave {place} before we call you back about load {load}."},
		{"note", "Over, short, damaged by item on the BOL with initials; never a clean POD over visible damage", toDriver, 10, "Please have the receiver write exact counts and the damage on the BOL, with initials, and take photos of goods, pallets and seal."},
		{"customer", "Tell the customer with photos and ask for the disposition in writing", toCustomer, 30, "Load {load} at {place}: {what}. Photos are attached. Please tell us in writing what to do with the freight."},
		{"shortage", "Count a shortage only when all partial deliveries are added up", "desk", 60, ""},
		{"paper", "Unsigned or of another load: ask for the right one", toDispatcher, 60, "The POD of load {load} cannot be used: {what}. Please send the right one."},
		{"claim", "File cause, party and evidence; the claim has nine months at most shippers", "desk", 0, ""},
	}},
	{Kind: "close", Title: "Delivered and not closed", Steps: []Step{
		{"milestones", "Document what is missing, or give the reason", "desk", 60, ""},
		{"money", "Enter detention, lumper and layover with their proof", "desk", 120, ""},
		{"verify", "Verify the POD and close the load", "desk", 240, ""},
	}},
	{Kind: "conflict", Title: "Sources disagree", Steps: []Step{
		{"compare", "Put the sources side by side: value, age, zone", "desk", 15, ""},
		{"ask", "Ask the one question that settles it", toDispatcher, 30, "For load {load} we have two answers: {what}. Which is right, and what does the paper say?"},
		{"accept", "Accept one with the reason; write it back to the TMS", "desk", 45, ""},
	}},
	{Kind: "future", Title: "Event in the future", Steps: []Step{
		{"zone", "Look at zone and day: mostly the time is right and its zone is not", "desk", 60, ""},
		{"ask", "Ask the source when it really was, and correct it", toDispatcher, 120, "For load {load} we have {what}. When was it really, local time?"},
	}},
	{Kind: "speed", Title: "Impossible speed", Steps: []Step{
		{"devices", "See whether two devices speak for one load, or a previous container", "desk", 30, ""},
		{"truck", "Ask for truck and trailer number as they stand on the truck", toDriver, 45, "Hello {driver}, please tell me truck and trailer number of load {load} as they stand on the doors."},
		{"fraud", "They differ from the papers: stop, tell the manager", "manager", 60, ""},
	}},
	{Kind: "midnight", Title: "Time of day missing", Steps: []Step{
		{"ask", "Ask for the time on the paper", toDispatcher, 240, "For load {load} at {place} we have a day without a time. What time is on the paper?"},
		{"correct", "Enter it with its source", "desk", 300, ""},
	}},
	{Kind: "duplicate", Title: "Same freight on two loads", Steps: []Step{
		{"compare", "Compare number, stops, carrier and customer of both", "desk", 30, ""},
		{"customer", "Ask the customer which stands", toCustomer, 60, "We have load {load} twice: {what}. Which one stands?"},
		{"cancel", "Have the other cancelled before two trucks come", toDispatcher, 90, ""},
	}},
	{Kind: "side", Title: "Known to one side only", Steps: []Step{
		{"number", "Look for a mistyped number: search stops, carrier and date", "desk", 30, ""},
		{"ask", "Ask who speaks of it for their reference", toDispatcher, 60, "You report load {load}. Whose freight is it, and under which reference did we tender it?"},
		{"settle", "Match it, have it tendered, or have it taken out", "desk", 120, ""},
	}},
	{Kind: "insurance", Title: "Carrier's insurance", Steps: []Step{
		{"certificate", "Ask the carrier's agent, not the carrier, for a new certificate", toOwner, 60, "Your insurance for load {load} ends before delivery. Please have your agent send us the new certificate today."},
		{"lead", "Not there before loading: the lead decides whether it is covered by another carrier", toLead, 120, ""},
	}},
	{Kind: "authority", Title: "Carrier's authority", Steps: []Step{
		{"register", "Look in the federal register: active, for hire, since when", "desk", 15, ""},
		{"stop", "Not active: nothing is loaded; tell the lead and the manager", "manager", 20, ""},
		{"cover", "Cover the load with another carrier", "desk", 60, ""},
	}},
	{Kind: "identity", Title: "Who is this really?", Steps: []Step{
		{"callback", "Call the carrier back on the number of the federal register", toOwner, 10, "Do you have load {load} on your books, and is {driver} your driver? Which truck?"},
		{"papers", "Compare driver's name, truck and trailer with the papers at the gate", "facility", 20, "Before you load {load}: please tell us driver, truck and trailer number as you see them."},
		{"stop", "It does not fit: do not load, do not release, tell the manager at once", "manager", 20, ""},
	}},
	{Kind: "temperature", Title: "Temperature outside the range", Steps: []Step{
		{"unit", "Ask the driver: set point, return air, alarms, continuous, fuel of the unit", toDriver, 5, "Hello {driver}, load {load} reads outside its range. What are set point and return air, and are there alarms?"},
		{"repair", "Not back in 30 minutes: the nearest service point, dispatcher informed", toDispatcher, 30, "The unit of load {load} does not hold its temperature. Which service point is nearest, and when is the truck there?"},
		{"customer", "Tell the customer with readings and times, and ask for a decision", toCustomer, 30, "Load {load}: {what}. The unit is being checked. Please tell us whether to go on. Next update at {next}."},
		{"log", "Ask for the whole download of the logger, not one reading", toDispatcher, 240, "Please send the whole temperature download of load {load}."},
		{"cause", "File cause, party and evidence", "desk", 0, ""},
	}},
}
