// Package serve shows the desk in a browser on this machine, and on this
// machine only.
//
// A page on the web, another account on this computer or a program that guesses
// the port must not get in, so every request passes four checks in this order:
//
//   - Host names this server by a loopback name and its port (a foreign name
//     that resolves to 127.0.0.1 is refused: DNS rebinding);
//   - Origin and Sec-Fetch-Site, where sent, are our own; a request that
//     changes something from a browser must send its Origin;
//   - the caller holds a browser session or the desk's token;
//   - answers carry a content security policy that allows our own files only.
//
// A browser gets its session by a link that works once (Server.Link); the
// session is a cookie that scripts cannot read and other sites cannot send.
// The command line sends the token (Server.Token) in the header TokenHeader; it
// is published in the lock file of the data folder, which only the owner reads.
package serve
