// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <parts/sourcehighlighter.h>

#include <KSyntaxHighlighting/Definition>
#include <KSyntaxHighlighting/Format>
#include <KSyntaxHighlighting/Repository>
#include <KSyntaxHighlighting/Theme>

namespace tenken {

namespace {

using Style = KSyntaxHighlighting::Theme::TextStyle;

/// One for the program, as its documentation asks: building it reads every definition.
KSyntaxHighlighting::Repository &repository()
{
    static KSyntaxHighlighting::Repository repository;
    return repository;
}

QColor colourOf(Style style, const Colours &c)
{
    switch (style) {
    case Style::Keyword:
    case Style::Function:
    case Style::Variable:
    case Style::ControlFlow:
    case Style::BuiltIn:
    case Style::DataType:
    case Style::Preprocessor:
    case Style::Import:
    case Style::Extension: return c.keyword;
    case Style::Char:
    case Style::SpecialChar:
    case Style::String:
    case Style::VerbatimString:
    case Style::SpecialString:
    case Style::Attribute: return c.string; // what YAML's grammar calls a value without quotes
    case Style::DecVal:
    case Style::BaseN:
    case Style::Float:
    case Style::Constant: return c.number;
    case Style::Comment:
    case Style::Documentation:
    case Style::Annotation:
    case Style::CommentVar:
    case Style::RegionMarker:
    case Style::Information: return c.comment;
    default: return c.text;
    }
}

} // namespace

void SourceEdit::Highlighter::setFile(const QString &name)
{
    KSyntaxHighlighting::Definition definition = repository().definitionForFileName(name);
    setDefinition(definition);
}

void SourceEdit::Highlighter::applyFormat(int offset, int length, const KSyntaxHighlighting::Format &format)
{
    if (length <= 0)
        return;
    QTextCharFormat f; // colour alone: slanted Japanese and a second weight would only disturb
    f.setForeground(colourOf(format.textStyle(), *m_colours));
    setFormat(offset, length, f);
}

} // namespace tenken
