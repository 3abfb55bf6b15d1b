package fact

import (
	"context"

	"purser/backend/core"
)

// Relation is two kinds of subject that belong together, many to many: campaigns and the SKUs they advertise.
type Relation struct{ From, To SubjectKind }

// RelationProvider answers which subjects belong together. A module whose documents tell has it.
type RelationProvider interface {
	// Relations lists what it can tell; the other direction follows from each.
	Relations() []Relation
	// Related gives the ids of To by the id of From, as known at the end of asOf. A subject that is absent has none.
	Related(ctx context.Context, r Relation, asOf core.Day) (map[string][]string, error)
}
