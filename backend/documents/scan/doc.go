// Package scan is the image work on pages: a photo's page found and warped flat, shadows evened out, the slant of lines
// measured and taken out, rules removed for reading, blank pages told, and two pictures of one paper recognised by looks.
//
// Everything works on grey pictures whose corner is 0, 0, dark on light, and returns new pictures. Pure: no files, no
// clock, no randomness.
package scan
