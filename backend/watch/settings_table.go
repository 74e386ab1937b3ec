package watch

// The longest a span may be set to, in minutes, and the bounds of other units.
const (
	tenDays    = 10 * 24 * 60
	mostMiles  = 5000
	mostUSD    = 1_000_000
	mostInARow = 50
)

// ClosesKey is the setting that a desk switches on by itself when the TMS first closes a load.
const ClosesKey = "load.closes"

// settingFields are all settings in the order of the screen. Minimum and maximum keep a slip of the finger from silencing
// a rule; a rule that is not wanted is set to its maximum.
var settingFields = [...]settingField{
	{"appointment.near", "Appointments", "Near", "Warn so long before the end of the window while no arrival is known.", unitMinutes, 1, 1440, nil, func(r *Rules) any { return &r.Near }},
	{"appointment.missed", "Appointments", "Missed", "Missed so long after the end of the window while no arrival is known.", unitMinutes, 0, 1440, nil, func(r *Rules) any { return &r.Missed }},
	{"appointment.missedLate", "Appointments", "Missed, work not done", "So long after the end of the window until the work is known to be done, even if an arrival is.", unitMinutes, 1, tenDays, nil, func(r *Rules) any { return &r.MissedLate }},
	{"appointment.unset", "Appointments", "No appointment", "A stop without an appointment is told so long before the load is to be picked up.", unitMinutes, 0, tenDays, nil, func(r *Rules) any { return &r.Unset }},
	{"appointment.past", "Appointments", "First appointment in the past", "A first appointment that was over for longer than this when it was stated. One that moves into the past is told at once.", unitMinutes, 0, tenDays, nil, func(r *Rules) any { return &r.PastFirst }},
	{"eta.minor", "Arrival times", "Late, minor", "An ETA so long after the window's end is at risk; below it is watched.", unitMinutes, 1, tenDays, nil, func(r *Rules) any { return &r.ETAMinor }},
	{"eta.major", "Arrival times", "Late, major", "An ETA so long after the window's end needs a person now.", unitMinutes, 1, tenDays, nil, func(r *Rules) any { return &r.ETAMajor }},
	{"eta.critical", "Arrival times", "Late, critical", "An ETA so long after the window's end is critical.", unitMinutes, 1, tenDays, nil, func(r *Rules) any { return &r.ETACritical }},

	{"silence", "Tracking", "Silence", "No word from any source for so long on a load that should move.", unitMinutes, 10, tenDays, nil, func(r *Rules) any { return &r.Silence }},
	{"position.stale", "Tracking", "Position stale", "The newest position of a tracked load is so old.", unitMinutes, 5, tenDays, nil, func(r *Rules) any { return &r.Stale }},
	{"position.staleManual", "Tracking", "Position stale, by calls", "The same where positions come from calls only.", unitMinutes, 5, tenDays, nil, func(r *Rules) any { return &r.StaleManual }},
	{"tracking.ahead", "Tracking", "Not tracking, watched", "A load that is not tracked is watched from so long before its pickup window; sure from its start.", unitMinutes, 0, tenDays, nil, func(r *Rules) any { return &r.TrackAhead }},
	{"tracking.all", "Tracking", "Every load is tracked", "A covered load of which no platform, device, carrier or driver is heard counts as one that is to be tracked. Off: only loads with a platform's number or state.", unitYesNo, 0, 0, nil, func(r *Rules) any { return &r.TrackAll }},
	{"falseFresh.count", "Tracking", "Equal positions", "So many equal positions in a row are not fresh ...", "count", 2, mostInARow, nil, func(r *Rules) any { return &r.FalseFreshCount }},
	{"falseFresh.over", "Tracking", "Equal positions, over", "... when they lie so far apart on a load that should move.", unitMinutes, 5, tenDays, nil, func(r *Rules) any { return &r.FalseFreshOver }},

	{"dwell", "Stops", "Long dwell", "At a stop so long after the later of arrival and the window's start.", unitMinutes, 5, tenDays, nil, func(r *Rules) any { return &r.Dwell }},
	{"stop.notLoaded", "Stops", "Arrived, not loaded", "At a pickup so long without being loaded.", unitMinutes, 5, tenDays, nil, func(r *Rules) any { return &r.NotLoaded }},
	{"scan.gate", "Stops", "Missed scan, at the gate", "So long after the first position at the gate without an arrival.", unitMinutes, 1, tenDays, nil, func(r *Rules) any { return &r.ScanGate }},
	{"scan.window", "Stops", "Missed scan, after the window", "... and so long after the window's end.", unitMinutes, 0, tenDays, nil, func(r *Rules) any { return &r.ScanWindow }},
	{"scan.away", "Stops", "Missed scan, truck away", "Or so long after the truck is seen away from the stop.", unitMinutes, 1, tenDays, nil, func(r *Rules) any { return &r.ScanAway }},
	{"gate", "Stops", "At the gate", "A position within so many miles of a stop is at its gate.", "miles", 0.1, 20, nil, func(r *Rules) any { return &r.GateMiles }},

	{"detention.clock", "Detention", "Clock starts", "At the later of arrival and appointment, at arrival, or at the appointment.", unitChoice, 0, 0, []string{"later", "arrival", "appointment"}, func(r *Rules) any { return &r.DetentionClock }},
	{"detention.free", "Detention", "Free time", "Where the facility says nothing.", unitMinutes, 0, tenDays, nil, func(r *Rules) any { return &r.FreeTime }},
	{"detention.warn", "Detention", "Warning", "So long before free time ends.", unitMinutes, 0, 1440, nil, func(r *Rules) any { return &r.DetentionWarn }},
	{"detention.rate", "Detention", "Rate an hour", "Counted in quarter hours.", "USD", 0, mostUSD, nil, func(r *Rules) any { return &r.DetentionRate }},
	{"detention.lateForfeits", "Detention", "Late forfeits", "Who arrives after the window has no detention. Check the rate confirmation.", unitYesNo, 0, 0, nil, func(r *Rules) any { return &r.LateForfeits }},

	{"stop.unscheduled", "On the road", "Unscheduled stop", "So long on one spot that is no stop of the load.", unitMinutes, 10, tenDays, nil, func(r *Rules) any { return &r.Unscheduled }},
	{"stop.rest", "On the road", "Rest", "So long on one spot is a rest ...", unitMinutes, 10, tenDays, nil, func(r *Rules) any { return &r.Rest }},
	{"stop.restAfter", "On the road", "Rest, after driving", "... where the driver had driven so long before.", unitMinutes, 0, tenDays, nil, func(r *Rules) any { return &r.RestAfter }},
	{"stop.spot", "On the road", "One spot", "Positions within so many miles are one spot.", "miles", 0.05, 20, nil, func(r *Rules) any { return &r.SpotMiles }},
	{"route.lost", "On the road", "Miles lost", "A routing error after so many miles lost towards the next stop ...", "miles", 1, mostMiles, nil, func(r *Rules) any { return &r.DeviationLost }},
	{"route.off", "On the road", "Miles off the line", "... or so many miles off the line between the stops.", "miles", 1, mostMiles, nil, func(r *Rules) any { return &r.DeviationOff }},
	{"temperature.readings", "On the road", "Temperature readings", "So many readings outside the range in a row.", "count", 1, mostInARow, nil, func(r *Rules) any { return &r.TempReadings }},

	{"conflict", "Data", "Sources disagree", "Two sources put one event so far apart.", unitMinutes, 1, tenDays, nil, func(r *Rules) any { return &r.Conflict }},
	{"conflict.watch", "Data", "Sources disagree, watched", "Watched from so far apart on.", unitMinutes, 1, tenDays, nil, func(r *Rules) any { return &r.ConflictWatch }},
	{"conflict.eta", "Data", "ETAs disagree", "Two sources' ETAs lie so far apart ...", unitMinutes, 1, tenDays, nil, func(r *Rules) any { return &r.ETAApart }},
	{"conflict.etaFresh", "Data", "ETAs disagree, fresh", "... unless the other was said so much longer ago than the accepted one.", unitMinutes, 0, tenDays, nil, func(r *Rules) any { return &r.ETAFresh }},
	{"speed.max", "Data", "Impossible speed", "No truck is faster from one position to the next.", "mph", 60, 1000, nil, func(r *Rules) any { return &r.MaxMPH }},
	{"carrier.refused", "Data", "Tracking refused", "Tracking refused so soon after booking is a sign that the carrier is not who it says.", unitMinutes, 0, tenDays, nil, func(r *Rules) any { return &r.Refused }},
	{"load.oneSided", "Data", "Known to one side only", "So long after the first word of a load that no tender is on file for.", unitMinutes, 0, tenDays, nil, func(r *Rules) any { return &r.OneSided }},
	{"paper.watch", "Papers", "Paper waited for", "POP, POD and the closing are waited for from so long after pickup or delivery.", unitMinutes, 0, tenDays, nil, func(r *Rules) any { return &r.PaperWatch }},
	{"paper.sure", "Papers", "Paper missing", "And missing after so long.", unitMinutes, 1, 30 * 1440, nil, func(r *Rules) any { return &r.PaperSure }},
	{"paper.ask", "Papers", "Ask for it", "The first request so long after pickup or delivery; 0 is never.", unitMinutes, 0, tenDays, nil, func(r *Rules) any { return &r.Cadence.PaperAsk }},
	{"paper.remind", "Papers", "Remind", "The reminder so long after pickup or delivery; 0 is never.", unitMinutes, 0, tenDays, nil, func(r *Rules) any { return &r.Cadence.PaperRemind }},
	{"paper.call", "Papers", "Call for it", "The call so long after pickup or delivery; 0 is never.", unitMinutes, 0, tenDays, nil, func(r *Rules) any { return &r.Cadence.PaperCall }},
	{"paper.retry", "Papers", "Call again", "Between two calls for a paper.", unitMinutes, 5, tenDays, nil, func(r *Rules) any { return &r.Cadence.PaperRetry }},
	{ClosesKey, "Papers", "The TMS closes loads", "A delivered load with its papers in is to get the TMS's closing word (completed, closed, invoiced ...). Switched on by itself when the TMS first uses one.", unitYesNo, 0, 0, nil, func(r *Rules) any { return &r.Closes }},
	{"load.close", "Papers", "Close the load", "So long after the POD came; 0 is never.", unitMinutes, 0, tenDays, nil, func(r *Rules) any { return &r.Cadence.CloseAfter }},

	{"promise.ahead", "Tasks", "Promise", "A promise becomes a task so long before it falls due.", unitMinutes, 0, 1440, nil, func(r *Rules) any { return &r.Cadence.PromiseAhead }},

	{"call.on", "Check calls", "Check calls", "Whether check calls are due at all.", unitYesNo, 0, 0, nil, func(r *Rules) any { return &r.Cadence.Calls }},
	{"call.fresh", "Check calls", "Fresh position", "A position at most so old when a call falls due makes the call needless.", unitMinutes, 1, 1440, nil, func(r *Rules) any { return &r.Cadence.Fresh }},
	{"call.confirm", "Check calls", "Confirm an ETA", "An ETA older than this when a call falls due is confirmed.", unitMinutes, 1, tenDays, nil, func(r *Rules) any { return &r.Cadence.Confirm }},
	{"call.margin", "Check calls", "Margin", "An ETA that keeps the window with so much to spare makes the call needless.", unitMinutes, 0, 1440, nil, func(r *Rules) any { return &r.Cadence.Margin }},
	{"call.morning", "Check calls", "Morning of pickup", "Local time of the pickup.", unitClock, 0, 0, nil, func(r *Rules) any { return &r.Cadence.Morning }},
	{"call.before", "Check calls", "Before pickup", "So long before the ETA, else the end of the window.", unitMinutes, 0, 1440, nil, func(r *Rules) any { return &r.Cadence.Before }},
	{"call.arrival", "Check calls", "Arrival", "So long before the ETA, else the end of the window.", unitMinutes, 0, 240, nil, func(r *Rules) any { return &r.Cadence.Arrival }},
	{"call.worked", "Check calls", "Loaded, unloaded", "So long after arrival.", unitMinutes, 5, 1440, nil, func(r *Rules) any { return &r.Cadence.Worked }},
	{"call.enRouteFar", "Check calls", "En route, first", "So long before the delivery's ETA, else the end of its window.", unitMinutes, 0, tenDays, nil, func(r *Rules) any { return &r.Cadence.EnRouteFar }},
	{"call.enRouteNear", "Check calls", "En route, second", "So long before the delivery's ETA, else the end of its window.", unitMinutes, 0, tenDays, nil, func(r *Rules) any { return &r.Cadence.EnRouteNear }},
	{"call.shortMiles", "Check calls", "A short leg", "Below so many miles between two stops.", "miles", 1, mostMiles, nil, func(r *Rules) any { return &r.Cadence.ShortMiles }},
	{"call.longMiles", "Check calls", "A long leg", "Above so many miles between two stops.", "miles", 1, mostMiles, nil, func(r *Rules) any { return &r.Cadence.LongMiles }},
	{"call.shortEvery", "Check calls", "Every, on a short leg", "After departure.", unitMinutes, 30, tenDays, nil, func(r *Rules) any { return &r.Cadence.ShortEvery }},
	{"call.middleEvery", "Check calls", "Every, on a middle leg", "After departure; also where the miles are not known.", unitMinutes, 30, tenDays, nil, func(r *Rules) any { return &r.Cadence.MiddleEvery }},
	{"call.longEvery", "Check calls", "Every, on a long leg", "After departure.", unitMinutes, 30, tenDays, nil, func(r *Rules) any { return &r.Cadence.LongEvery }},
	{"call.closeMiles", "Check calls", "The last miles", "From the first position within so many miles of the stop.", "miles", 0, 500, nil, func(r *Rules) any { return &r.Cadence.CloseMiles }},
	{"call.closeEvery", "Check calls", "Every, on the last miles", "After that position.", unitMinutes, 10, tenDays, nil, func(r *Rules) any { return &r.Cadence.CloseEvery }},
	{"call.apart", "Check calls", "Not so near another", "No call between stops within so long of a call at a stop.", unitMinutes, 0, 1440, nil, func(r *Rules) any { return &r.Cadence.Apart }},
	{"call.roadFactor", "Check calls", "Road miles to one as the crow flies", "For a position that is held against the window where no ETA was stated.", "ratio", 1, 3, nil, func(r *Rules) any { return &r.Cadence.RoadFactor }},
	{"call.speed", "Check calls", "Speed", "Average on the road, for the same.", "mph", 5, 90, nil, func(r *Rules) any { return &r.Cadence.SpeedMPH }},
	{"call.drive", "Check calls", "Driving before a rest", "For the same.", unitMinutes, 60, 1440, nil, func(r *Rules) any { return &r.Cadence.DriveTime }},
	{"call.rest", "Check calls", "Rest", "For the same.", unitMinutes, 0, 1440, nil, func(r *Rules) any { return &r.Cadence.RestTime }},

	{"quiet.from", "Quiet hours", "From", "Nobody is called from then on, driver's local time, on a load that is on plan.", unitClock, 0, 0, nil, func(r *Rules) any { return &r.Cadence.QuietFrom }},
	{"quiet.to", "Quiet hours", "To", "Calls of the night are made then, unless the data cover them.", unitClock, 0, 0, nil, func(r *Rules) any { return &r.Cadence.QuietTo }},
	{"quiet.weekends", "Quiet hours", "Calls on weekends", "Whether check calls are due on Saturday and Sunday.", unitYesNo, 0, 0, nil, func(r *Rules) any { return &r.Cadence.Weekends }},
	{"quiet.holidays", "Quiet hours", "Calls on holidays", "Whether check calls are due on holidays.", unitYesNo, 0, 0, nil, func(r *Rules) any { return &r.Cadence.Holidays }},
	{"quiet.days", "Quiet hours", "Holidays", "Days such as 12-25, 2026-12-24, 11 fourth Thu, 05 last Mon, with commas between.", unitDays, 0, 0, nil, func(r *Rules) any { return &r.Cadence.HolidayDays }},

	{"ladder.attempts", "Ladders", "Attempts", "Tries without an answer before the next step of the contact ladder.", "count", 1, mostInARow, nil, func(r *Rules) any { return &r.Cadence.Attempts }},
	{"ladder.retry", "Ladders", "Try again", "Between two tries.", unitMinutes, 1, 1440, nil, func(r *Rules) any { return &r.Cadence.Retry }},
	{"ladder.lead", "Ladders", "To the lead", "An open exception goes to the lead after so long.", unitMinutes, 1, tenDays, nil, func(r *Rules) any { return &r.Cadence.ToLead }},
	{"ladder.manager", "Ladders", "To the manager", "And to the manager after so long.", unitMinutes, 1, tenDays, nil, func(r *Rules) any { return &r.Cadence.ToManager }},
	{"money.specialist", "Money", "Specialist", "What a specialist may approve on one load; 0 is nothing.", "USD", 0, mostUSD, nil, func(*Rules) any { return moneyOf("specialist") }},
	{"money.lead", "Money", "Lead", "What a lead may approve on one load; 0 is nothing.", "USD", 0, mostUSD, nil, func(*Rules) any { return moneyOf("lead") }},
	{"money.manager", "Money", "Manager", "What a manager may approve on one load; 0 is nothing.", "USD", 0, mostUSD, nil, func(*Rules) any { return moneyOf("manager") }},
}
