package main

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// output is where the types go, below the module root.
const output = "frontend/src/lib/api/types.ts"

const heading = `// Generated from the Go types by "go run ./app/api/tsgen". Do not edit: a Go test fails when it is stale.
// Times are RFC 3339 strings with an offset.
`

// others cross the wire too, though they are declared beside what they are for.
var others = []string{"backend/desk/sources/folders.go", "backend/desk/reports/kpitypes.go", "backend/report/kpi/kpi.go", "backend/report/kpi/definition.go", "backend/desk/board/saved.go", "backend/desk/papers/bench.go", "backend/desk/load/bulk.go", "backend/desk/load/trail.go", "app/api/listing.go", "app/api/wire.go"}

// Generate reads the Go types below root and returns the TypeScript.
func Generate(root string) ([]byte, error) {
	words, err := readWords(filepath.Join(root, "backend/freight"))
	if err != nil {
		return nil, err
	}
	paths, err := filepath.Glob(filepath.Join(root, "backend/desk/*/types.go"))
	if err != nil {
		return nil, err
	}
	g := generator{words: words, used: map[string]bool{}, done: map[string]string{}}
	for _, path := range others {
		paths = append(paths, filepath.Join(root, path))
	}
	for _, path := range paths {
		if err := g.file(path); err != nil {
			return nil, err
		}
	}
	return g.text(), nil
}

// generator gathers declarations in the order of the files.
type generator struct {
	words map[string][]string // closed lists of package freight
	used  map[string]bool     // those a type refers to
	local map[string][]string // closed lists of the file being read
	done  map[string]string   // name -> declaration
	order []string
}

func (g *generator) file(path string) error {
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ParseComments)
	if err != nil {
		return err
	}
	g.local = wordsOf(file)
	for _, decl := range file.Decls {
		types, ok := decl.(*ast.GenDecl)
		if !ok || types.Tok != token.TYPE {
			continue
		}
		for _, spec := range types.Specs {
			if err := g.declare(spec.(*ast.TypeSpec), types.Doc); err != nil {
				return fmt.Errorf("%s: %w", filepath.Base(filepath.Dir(path)), err)
			}
		}
	}
	return nil
}

// declare adds an exported struct with JSON names, or a closed list of words. Others do not cross the wire.
func (g *generator) declare(spec *ast.TypeSpec, doc *ast.CommentGroup) error {
	name := spec.Name.Name
	if list, ok := g.local[name]; ok {
		return g.add(name, comment(doc, "")+"export type "+name+" = "+union(list)+";\n")
	}
	body, ok := spec.Type.(*ast.StructType)
	if !ok || !ast.IsExported(name) {
		return nil
	}
	fields, err := g.fields(body)
	if err != nil {
		return fmt.Errorf("%s.%w", name, err)
	}
	if fields == "" {
		return nil
	}
	return g.add(name, comment(doc, "")+"export interface "+name+" {\n"+fields+"}\n")
}

func (g *generator) add(name, declaration string) error {
	if _, taken := g.done[name]; taken {
		return fmt.Errorf("%s is declared by two areas: give one another name", name)
	}
	g.done[name] = declaration
	g.order = append(g.order, name)
	return nil
}

func (g *generator) fields(body *ast.StructType) (string, error) {
	var out strings.Builder
	for _, field := range body.Fields.List {
		name, optional := jsonName(field.Tag)
		if name == "" || name == "-" {
			continue
		}
		kind, err := g.kind(field.Type)
		if err != nil {
			return "", fmt.Errorf("%s: %w", name, err)
		}
		mark := ""
		if optional {
			mark, kind = "?", strings.TrimSuffix(kind, " | null")
		}
		out.WriteString(comment(field.Comment, "  ") + "  " + name + mark + ": " + kind + ";\n")
	}
	return out.String(), nil
}

// kind is the TypeScript of a Go type expression.
func (g *generator) kind(expr ast.Expr) (string, error) {
	switch t := expr.(type) {
	case *ast.Ident:
		return basic(t.Name), nil
	case *ast.StarExpr:
		inner, err := g.kind(t.X)
		return inner + " | null", err
	case *ast.SelectorExpr:
		return g.foreign(t.X.(*ast.Ident).Name, t.Sel.Name)
	case *ast.IndexExpr:
		return g.list(t)
	}
	return "", fmt.Errorf("a %T cannot cross the wire; use freight.List for lists and structs for maps", expr)
}

func (g *generator) list(t *ast.IndexExpr) (string, error) {
	generic, ok := t.X.(*ast.SelectorExpr)
	if !ok || generic.Sel.Name != "List" {
		return "", fmt.Errorf("only freight.List is known among generic types")
	}
	inner, err := g.kind(t.Index)
	return inner + "[]", err
}

func (g *generator) foreign(pkg, name string) (string, error) {
	if pkg == "time" && name == "Time" {
		return "string", nil
	}
	if _, ok := g.words[name]; !ok || pkg != "freight" {
		return "", fmt.Errorf("%s.%s is not a closed list of words of package freight", pkg, name)
	}
	g.used[name] = true
	return name, nil
}

func (g *generator) text() []byte {
	var out bytes.Buffer
	out.WriteString(heading)
	for _, name := range slices.Sorted(maps.Keys(g.used)) {
		fmt.Fprintf(&out, "\nexport type %s = %s;\n", name, union(g.words[name]))
	}
	for _, name := range g.order {
		out.WriteString("\n" + g.done[name])
	}
	return out.Bytes()
}

func basic(name string) string {
	switch name {
	case "string":
		return "string"
	case "bool":
		return "boolean"
	case "int", "int64", "float64":
		return "number"
	}
	return name
}

func jsonName(tag *ast.BasicLit) (name string, optional bool) {
	if tag == nil {
		return "", false
	}
	text, err := strconv.Unquote(tag.Value)
	if err != nil {
		return "", false
	}
	_, rest, _ := strings.Cut(text, `json:"`)
	rest, _, _ = strings.Cut(rest, `"`)
	name, options, _ := strings.Cut(rest, ",")
	return name, strings.Contains(options, "omit")
}

func comment(doc *ast.CommentGroup, indent string) string {
	text := strings.TrimSpace(doc.Text())
	if text == "" {
		return ""
	}
	return indent + "/** " + strings.Join(strings.Fields(text), " ") + " */\n"
}

func union(words []string) string {
	quoted := make([]string, len(words))
	for i, w := range words {
		quoted[i] = strconv.Quote(w)
	}
	return strings.Join(quoted, " | ")
}
