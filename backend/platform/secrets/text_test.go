package secrets_test

import (
	"bytes"
	"encoding/gob"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"purser/backend/platform/secrets"
)

type holder struct {
	Name    string
	Token   secrets.Text
	Several []secrets.Text
	hidden  secrets.Text // printed by fmt although it cannot be asked how
}

// TestNothingPrintsASecret writes a secret out in every way that logs, errors, bindings and files do.
func TestNothingPrintsASecret(t *testing.T) {
	t.Parallel()
	s := secrets.NewText(canary)
	h := holder{"n", s, []secrets.Text{s}, s}
	var out bytes.Buffer
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%T", "%p", "%c", "%U", "%e", "%t"} {
		for _, x := range []any{s, &s, h, &h, []secrets.Text{s}, map[string]secrets.Text{"a": s}, map[secrets.Text]int{s: 1}, fmt.Errorf("%w %v", errCanary, s)} {
			fmt.Fprintf(&out, verb+"\n", x)
		}
	}
	fmt.Fprintln(&out, s, h, s.String(), s.GoString())
	for _, enc := range []func() ([]byte, error){
		func() ([]byte, error) { return json.Marshal(h) },
		func() ([]byte, error) { return json.Marshal(map[secrets.Text]int{s: 1}) },
		func() ([]byte, error) { return xml.Marshal(h) },
		func() ([]byte, error) { return yaml.Marshal(map[string]any{"a": s, "h": h.Several}) },
		func() ([]byte, error) { var b bytes.Buffer; err := gob.NewEncoder(&b).Encode(s); return b.Bytes(), err },
	} {
		b, err := enc()
		if err != nil {
			t.Error(err)
		}
		out.Write(b)
	}
	for _, handler := range []slog.Handler{slog.NewTextHandler(&out, nil), slog.NewJSONHandler(&out, nil)} {
		slog.New(handler).Info("Message", slog.Any("s", s), slog.Any("h", h), slog.Any("p", &s), slog.Any("err", fmt.Errorf("%v", s)))
	}
	if strings.Contains(out.String(), canary) || strings.Contains(out.String(), "canary") || strings.Contains(out.String(), fmt.Sprintf("%x", canary)) {
		t.Errorf("a secret was printed:\n%s", out.String())
	}
	if n := strings.Count(out.String(), "[hidden]"); n < 60 {
		t.Errorf("only %d times hidden", n)
	}
	if _, err := s.Value(); err == nil {
		t.Error("a secret goes into a database")
	}
	if !s.Equal(secrets.NewText(canary)) || s.Equal(secrets.Text{}) || !secrets.NewText("").Empty() || s.Empty() || (secrets.Text{}).Reveal() != "" {
		t.Error("comparing is wrong")
	}
}

var errCanary = fmt.Errorf("a failure")
