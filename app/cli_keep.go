package app

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"purser/backend/platform/eventbus"
	"purser/backend/services/retention"
)

func (e *env) retentionCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "retention",
		Short: "Say how long each class of data is kept, what there is of it and what goes next",
		Args:  noArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			return e.with(c.Context(), false, func(s *session) error { return e.listClasses(c.Context(), s) })
		},
	}
	c.AddCommand(e.purgeCommand(), e.setClassCommand())
	return c
}

func (e *env) listClasses(ctx context.Context, s *session) error {
	o, err := s.retention.Classes(ctx)
	if err != nil {
		return err
	}
	if e.json {
		return e.answer(o)
	}
	for _, c := range o.Classes {
		e.print("%-12s %s: kept %s", c.Name, c.Title, c.Kept)
		for _, h := range c.Holdings {
			e.print("%-12s   %s: %s, %s, oldest %s", "", h.OriginTitle, plural(int64(h.Documents), "document"), plural(int64(h.Rows), "row"), dash(h.Oldest))
		}
		if c.Edit != "" {
			e.print("%-12s   next: %s", "", c.Next.Text)
		}
	}
	e.print("\n%s", o.Bound)
	return nil
}

func dash(text string) string {
	if text == "" {
		return "–"
	}
	return text
}

func (e *env) purgeCommand() *cobra.Command {
	var dry bool
	c := &cobra.Command{
		Use:   "purge",
		Short: "Delete now what may no longer be kept",
		Long:  "Deletes what came from Amazon's APIs and is older than its class allows. Purser does it by itself once a day while it is open.\nWhat you downloaded yourself, and what is your own, is never deleted.",
		Args:  noArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			return e.with(c.Context(), !dry, func(s *session) error { return e.purge(c.Context(), s, dry) })
		},
	}
	c.Flags().BoolVar(&dry, "dry-run", false, "only say what would be deleted")
	return c
}

func (e *env) purge(ctx context.Context, s *session, dry bool) error {
	var o retention.RunOutput
	var err error
	if dry {
		o, err = s.retention.Preview(ctx)
	} else {
		o, err = s.retention.Purge(ctx, "person")
	}
	if err != nil {
		return err
	}
	if e.json {
		err = e.answer(o)
	} else {
		e.print("%s", o.Text)
		for _, w := range o.Waiting {
			e.say("Not yet: %s", w)
		}
	}
	if err == nil && len(o.Waiting) > 0 {
		return errRefused
	}
	return err
}

func (e *env) setClassCommand() *cobra.Command {
	var in retention.SetClassInput
	c := &cobra.Command{
		Use:   "set CLASS",
		Short: "Change how long a class is kept",
		Long:  "purser retention set amazon_raw --days 30\npurser retention set legal --years 8 --law \"§ 147 AO\"\npurser retention set legal --years 0",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return misuse("retention set needs one class")
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			in.Name = args[0]
			return e.with(c.Context(), true, func(s *session) error {
				if err := s.retention.SetClass(c.Context(), in); err != nil {
					return err
				}
				return e.listClasses(c.Context(), s)
			})
		},
	}
	c.Flags().IntVar(&in.Days, "days", 0, "days to keep it")
	c.Flags().IntVar(&in.Years, "years", 0, "years that a law asks for; 0: none does")
	c.Flags().StringVar(&in.Law, "law", "", "the law that asks for it, with its paragraph")
	return c
}

func (e *env) eraseCommand() *cobra.Command {
	var yes bool
	c := &cobra.Command{
		Use:   "erase",
		Short: "Say what erasing everything would delete; with --yes-erase-everything, do it",
		Long: "Deletes the databases, the documents, copies, exports, settings and secrets of the data folder, and leaves a receipt in its folder receipts.\n" +
			"With --demo only the demo shop's folder. Nothing of it can be brought back. Files that Purser did not make stay.",
		Args: noArgs,
		RunE: func(c *cobra.Command, _ []string) error { return e.erase(c.Context(), yes) },
	}
	c.Flags().BoolVar(&yes, "yes-erase-everything", false, "erase everything")
	return c
}

func (e *env) erase(ctx context.Context, yes bool) error {
	root, err := dataDir(e.dataDir)
	if err != nil {
		return err
	}
	if _, err := e.folder(); err != nil {
		return err
	}
	if ordered, _, err := retention.Ordered(root); err != nil || ordered {
		return errors.Join(err, e.erased(finishErasure(ctx, root, e.clk, e.forgetEntry(), true)))
	}
	s, err := e.openToErase(ctx)
	if err != nil {
		return err
	}
	x := erasure(root, e.demo, e.clk, e.forgetEntry())
	if !yes {
		k := s.known(ctx)
		plan, err := x.Plan(k.amazon, k.outside)
		return errors.Join(err, s.close(), e.planned(plan))
	}
	err = orderErasure(ctx, x, s, retention.EraseWord, "the command line")
	if err = errors.Join(err, s.close()); err != nil {
		return err
	}
	return e.erased(finishErasure(ctx, root, e.clk, e.forgetEntry(), false))
}

// openToErase opens a data folder as it is: a demo is not made first.
func (e *env) openToErase(ctx context.Context) (*session, error) {
	dir, err := e.folder()
	if err != nil {
		return nil, err
	}
	return openSession(ctx, sessionConfig{dir: dir, demo: e.demo, write: true, log: e.logger(), clk: e.clk, bus: &eventbus.Bus{}, modules: e.modules()})
}

func (e *env) planned(p retention.EraseBeginOutput) error {
	if e.json {
		if err := e.answer(p); err != nil {
			return err
		}
	} else {
		e.print("%s", p.Text)
		for _, i := range p.Items {
			e.print("  %s: %d %s", i.Title, i.Count, i.Unit)
		}
		for _, o := range p.Outside {
			e.print("  not touched: %s %s", o.Path, o.Text)
		}
	}
	e.say("Nothing was erased. To do it: purser erase --yes-erase-everything")
	return errRefused
}

func (e *env) erased(r retention.ReceiptOutput, err error) error {
	if err != nil {
		return err
	}
	if e.json {
		return e.answer(r)
	}
	e.print("%s\nThis receipt is kept as %s", r.Text, r.TextPath)
	return nil
}
