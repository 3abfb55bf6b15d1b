// Package internaldeps keeps go.mod whole while the packages are being written; it goes before the first release.
package internaldeps

import (
	_ "cel.dev/cel-go/cel"
	_ "cel.dev/cel-go/ext"
	_ "github.com/gen2brain/beeep"
	_ "github.com/google/go-cmp/cmp"
	_ "github.com/klauspost/compress/gzip"
	_ "github.com/klauspost/compress/zip"
	_ "github.com/klauspost/compress/zstd"
	_ "github.com/pressly/goose/v3"
	_ "github.com/spf13/cobra"
	_ "github.com/thejerf/suture/v4"
	_ "github.com/wailsapp/wails/v2"
	_ "github.com/xuri/excelize/v2"
	_ "github.com/zalando/go-keyring"
	_ "golang.org/x/sync/errgroup"
	_ "golang.org/x/text/encoding/charmap"
	_ "golang.org/x/text/encoding/japanese"
	_ "golang.org/x/text/encoding/simplifiedchinese"
	_ "golang.org/x/text/encoding/unicode"
	_ "golang.org/x/text/transform"
	_ "gonum.org/v1/gonum/stat/distuv"
	_ "gopkg.in/yaml.v3"
	_ "modernc.org/sqlite"
	_ "modernc.org/sqlite/vtab"
	_ "pgregory.net/rapid"
)
