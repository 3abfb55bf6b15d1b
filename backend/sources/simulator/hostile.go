package simulator

// Payloads of the hostile demo: text that must be shown as text, wherever it comes from.

// poisonTitles puts markup into titles of ordinary products.
func poisonTitles(products []*product) {
	payloads := []string{
		`<img src=x onerror=alert('title')>`,
		`"><svg/onload=alert(1)>`,
		`<a href="javascript:alert(document.cookie)">sale</a>`,
		`=HYPERLINK("http://evil.example","click")`,
		`{{constructor.constructor('alert(1)')()}} ${alert(2)}`,
	}
	next := 0
	for _, p := range products {
		if essential(p.no) || next == len(payloads) {
			continue
		}
		p.title = payloads[next] + " " + p.title
		if p.titleDE != "" {
			p.titleDE = payloads[next] + " " + p.titleDE
		}
		next++
	}
}

// poisonComments puts markup into feedback, the planted bad ratings included.
func poisonComments(all []rating) {
	payloads := []string{
		`<script>alert('comment')</script>`,
		`<b onmouseover=alert(1)>lid leaks</b>`,
		`[click](javascript:alert(1)) ![x](http://evil.example/x.png)`,
		`</textarea><iframe src=javascript:alert(1)>`,
	}
	for i := range all {
		if i%7 == 0 {
			all[i].comment = payloads[i/7%len(payloads)] + " " + all[i].comment
		}
	}
}
