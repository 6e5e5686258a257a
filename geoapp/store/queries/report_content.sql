-- What a version says, as far as who asks may read it.
SELECT report_content_text(:content)
