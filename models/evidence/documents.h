// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/problem.h>

#include <QStringList>

namespace tenken
{

struct Heading {
    int level = 1;
    QString text;
    QString anchor; ///< as GitHub makes it: lower case, spaces to '-', punctuation dropped, "-1" for repeats
    Span span;
    qsizetype bodyLength = 0; ///< characters of text below it up to the next heading of the same or a higher
                              ///< level (subsections count, their titles, white space and comments do not)
    QString body; ///< that text, at most 4,000 characters
};

struct Link {
    QString url;
    QString text;
    Span span;
};

/// A guide: Markdown, or a wiki page exported as HTML.
struct Document {
    QString role; ///< from service.yaml
    QString file;
    QString url;
    QString text; ///< source text as read
    std::vector<Heading> headings;
    std::vector<Link> links;
    QStringList anchors; ///< other places that a link may lead to: ids and names written in HTML
    QStringList
        prose; ///< per source line what people read: code, comments and (in HTML) tags blanked, columns kept
};

Document readMarkdown(const QString &file, const QByteArray &bytes);
Document readHtml(const QString &file, const QByteArray &bytes);

} // namespace tenken
