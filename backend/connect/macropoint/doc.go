// Package macropoint speaks with Descartes MacroPoint.
//
// MacroPoint has no documented way to be asked where a truck is. A broker orders the tracking of a driver's phone
// (orders/createorder), may ask for a fresh position (orders/updatelocation), and is then called back. A carrier tells a
// customer's MacroPoint where its truck is and what happened at a stop (tms/data/...). So this connector writes and
// receives, and lists nothing.
//
// Callbacks come as the values of a query or a form, and as XML or JSON where a relay makes them so; files of recorded
// ones hold one a line. Read is the one reader of all of them.
//
// What is known of MacroPoint's wire comes from public integration code and help pages. What none of them could verify is
// a setting (see settings.go), never a constant: the paths by which an order is changed or stopped, the path of a carrier's
// stop event, the names of a stop event's values, how dates are written in callbacks.
//
// The order of a load goes by the number that the customer's rule names, else by the load's own number; callbacks bring
// it back as ID. States and alerts have no time of their own: they count from when they were received. A stop goes out with the id "TD-2" for stop 2, and comes back so.
package macropoint
