// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/documenttext.h>
#include <rules/templatetext.h>

#include <QRegularExpression>

namespace tenken
{

using namespace Qt::StringLiterals;

namespace
{

// <…> is a placeholder unless it is a tag, an address or a comparison.
bool isPlaceholder(const QString &inside)
{
    static const QRegularExpression tag(
        u"^/"
        u"?(a|abbr|b|big|blockquote|br|caption|center|cite|code|col|colgroup|dd|del|details|dfn|div|dl|dt|em|"
        u"figcaption|figure|font|"
        u"h[1-6]|hr|i|iframe|img|input|ins|kbd|li|mark|ol|p|picture|pre|q|rp|rt|ruby|s|samp|section|small|"
        u"source|span|strike|strong|sub|"
        u"summary|sup|svg|table|tbody|td|tfoot|th|thead|tr|tt|u|ul|var|video|wbr|body|head|html|meta|link|"
        u"title|nav|main|article|header|"
        u"footer|aside|label|button|form|path|g|ac:[\\w-]+|ri:[\\w-]+)(\\s[^<>]*)?/?$"_s,
        QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression address(u"^(https?:|mailto:|[^@\\s]+@[^@\\s]+$|[@#!])"_s);
    static const QRegularExpression word(u"^\\s*[\\p{L}_]"_s);
    return word.match(inside).hasMatch() && !tag.match(inside.trimmed()).hasMatch()
        && !address.match(inside).hasMatch();
}

} // namespace

std::vector<TemplateText> templateTexts(const Document &document)
{
    static const QRegularExpression words(
        u"\\b(?:TODO|TBD|TBC|FIXME|WIP)\\b|(?<![A-Za-z0-9])[xX]{3,}(?![A-Za-z0-9])|〇〇+|○○+|◯◯+|●●+|△△+|□□+|"
        u"＊＊+|×××+|"
        u"ここに(?:記入|記載|入力|書)|(?:記入|記載|入力)してください|(?:要|未)(?:記入|追記|記載)|後で書く|"
        u"あとで書く|準備中|工事中|作成中|執筆中|"
        u"\\blorem ipsum\\b|\\bfill (?:this|me) in\\b|\\b(?:your|insert)[ "
        u"-](?:team|service|name|link|url|channel)(?:[ -]here)?\\b|"
        u"\\b(?:write|describe) (?:it )?here\\b|\\{\\{\\s*[\\w.-]+\\s*\\}\\}"_s);
    static const QRegularExpression brackets(u"[<＜]([^<>＜＞]{1,60})[>＞]"_s);
    static const QRegularExpression url(u"https?://[^\\s)>]+"_s);
    std::vector<TemplateText> found;
    for (qsizetype i = 0; i < document.prose.size(); ++i) {
        QString line = document.prose.at(i);
        for (auto it = url.globalMatch(document.prose.at(i)); it.hasNext();) {
            const auto match = it.next();
            blank(line, match.capturedStart(), match.capturedEnd());
        }
        const auto add = [&](const QRegularExpressionMatch &match) {
            found.push_back({match.captured().simplified(),
                             spanInLine(int(i) + 1, line, match.capturedStart(), match.capturedEnd())});
        };
        for (auto it = words.globalMatch(line); it.hasNext();)
            add(it.next());
        for (auto it = brackets.globalMatch(line); it.hasNext();) {
            const auto match = it.next();
            if (isPlaceholder(match.captured(1)))
                add(match);
        }
    }
    return found;
}

} // namespace tenken
