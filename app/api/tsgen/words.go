package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// readWords finds every closed list of words of a package: a named string type and the constants of that type.
// Empty is part of a list that says so by a constant; load, tracking, paper and fact words that a source may leave
// unsaid are empty as well, which TypeScript is told by openWords.
func readWords(dir string) (map[string][]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	all := map[string][]string{}
	for _, entry := range entries {
		if !strings.HasSuffix(entry.Name(), ".go") || strings.HasSuffix(entry.Name(), "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(dir, entry.Name()), nil, 0)
		if err != nil {
			return nil, err
		}
		for name, list := range wordsOf(file) {
			all[name] = append(all[name], list...)
		}
	}
	for _, name := range openWords {
		if list := all[name]; !slices.Contains(list, "") {
			all[name] = append(list, "")
		}
	}
	return all, nil
}

// openWords are lists whose value may be unsaid.
var openWords = []string{"TrackingState", "PaperState", "LoadState"}

// wordsOf finds the typed string constants of one file.
func wordsOf(file *ast.File) map[string][]string {
	found := map[string][]string{}
	for _, decl := range file.Decls {
		consts, ok := decl.(*ast.GenDecl)
		if !ok || consts.Tok != token.CONST {
			continue
		}
		for _, spec := range consts.Specs {
			addWords(found, spec.(*ast.ValueSpec))
		}
	}
	return found
}

func addWords(found map[string][]string, spec *ast.ValueSpec) {
	kind, ok := spec.Type.(*ast.Ident)
	if !ok {
		return
	}
	for _, value := range spec.Values {
		if lit, ok := value.(*ast.BasicLit); ok && lit.Kind == token.STRING {
			if word, err := strconv.Unquote(lit.Value); err == nil {
				found[kind.Name] = append(found[kind.Name], word)
			}
		}
	}
}
