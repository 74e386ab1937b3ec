// Package secrets is where passwords and keys of outside systems lie, and the only place: the operating system's key store
// (Windows Credential Manager, macOS Keychain, Secret Service on Linux), or, where none answers, a file sealed under a
// passphrase. What has passed through here can be hidden from any text that is about to be shown or written.
//
// A secret is named by account and key ("p44", "clientSecret"). Values never reach an argument of a process, an environment
// of a child, or a log.
package secrets
