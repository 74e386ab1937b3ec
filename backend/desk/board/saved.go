package board

import (
	"context"
	"encoding/json"

	"tracedesk/backend/desk"
	"tracedesk/backend/freight"
	"tracedesk/backend/store"
)

// SavedView is a view that a person keeps: what it chooses, how it is ordered, and which columns it shows.
type SavedView struct {
	Name    string                   `json:"name"`
	Spec    ViewSpec                 `json:"spec"`
	Columns freight.List[ViewColumn] `json:"columns"`
	Folded  freight.List[string]     `json:"folded"` // the groups, by name, whose loads are not shown
}

// ViewColumn is a column of a view with its width in pixels; 0 is the column's own.
type ViewColumn struct {
	Key   string `json:"key"`
	Width int    `json:"width"`
}

// SavedViews are a person's own views, in their order, the columns of views that are not their own, and the view they left.
type SavedViews struct {
	Views   freight.List[SavedView]  `json:"views"`
	Layouts freight.List[ViewLayout] `json:"layouts"`
	Left    *SavedView               `json:"left"` // the board as it was left; its name is the view it began with
}

// ViewLayout is how a person shows a shipped view: its columns, and which groups are folded.
type ViewLayout struct {
	View    string                   `json:"view"`
	Columns freight.List[ViewColumn] `json:"columns"`
	Folded  freight.List[string]     `json:"folded"`
}

const viewsKey = "views"

func (a *Area) scope(as string) string { return "person:" + a.desk.Person(as) }

// Saved are the person's own views.
func (a *Area) Saved(ctx context.Context) (SavedViews, error) {
	body, err := a.desk.Store.Setting(ctx, a.scope(""), viewsKey)
	if err != nil || body == "" {
		return SavedViews{}, err
	}
	var out SavedViews
	return out, json.Unmarshal([]byte(body), &out)
}

// mostViews is how many views a person may keep.
const mostViews = 100

// Save keeps the person's views: the whole list, since they are few and their order matters.
func (a *Area) Save(ctx context.Context, views SavedViews) (SavedViews, error) {
	if len(views.Views) > mostViews || len(views.Layouts) > mostViews {
		return views, desk.Invalid("That is more than %d views.", mostViews)
	}
	seen := map[string]bool{}
	for _, v := range views.Views {
		if v.Name == "" || seen[v.Name] {
			return views, desk.Invalid("Each view needs a name of its own.")
		}
		seen[v.Name] = true
	}
	body, err := json.Marshal(views)
	if err != nil {
		return views, err
	}
	err = a.desk.Store.Write(ctx, func(tx *store.Tx) error {
		return tx.SetSetting(a.scope(""), viewsKey, string(body), a.desk.Now(), a.desk.Person(""))
	})
	return views, err
}
