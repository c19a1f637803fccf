// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <parts/sourceedit.h>

#include <parts/colours.h>

#include <KSyntaxHighlighting/SyntaxHighlighter>

namespace tenken {

/// KSyntaxHighlighting's grammars in our colours.
class SourceEdit::Highlighter : public KSyntaxHighlighting::SyntaxHighlighter
{
public:
    explicit Highlighter(QTextDocument *document) : SyntaxHighlighter(document) { }

    void setFile(const QString &name);
    void setColours(const Colours &colours) { m_colours = &colours; }

protected:
    void applyFormat(int offset, int length, const KSyntaxHighlighting::Format &format) override;

private:
    const Colours *m_colours = &lightColours();
};

} // namespace tenken
