package kpi

import (
	"fmt"
	"strings"
)

func join(list []string) string { return strings.Join(list, ", ") }

func minutesWords(n int) string { return fmt.Sprintf("%d min", n) }
