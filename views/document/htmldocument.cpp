// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <document/written.h>

#include <document/paper.h>

namespace tenken {

namespace {

// Colours and measures of resources/design.md; what prints is the light scheme.
constexpr auto styleSheet = R"(
:root{color-scheme:light dark;--ground:#F3F4F1;--base:#FFF;--text:#1A1E22;--text2:#454D55;--line:#D6DAD3;--link:#2B4A8B;
--pass:#0A6652;--warn:#7F4B00;--warnt:#FBEED3;--fail:#AD2A17;--failt:#FFF;--unknown:#4E5563;--na:#626A72}
@media (prefers-color-scheme:dark){:root{--ground:#15181C;--base:#1B1F24;--text:#E8EBEE;--text2:#B9C0C8;--line:#343B43;
--link:#9DB8F2;--pass:#63CDB1;--warn:#EFBD62;--warnt:#372B14;--fail:#F4816B;--failt:#1C0804;--unknown:#B6BDC8;--na:#969EA7}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--text);font:14px/20px "Noto Sans","Noto Sans CJK JP",sans-serif}
main{max-width:1080px;margin:24px auto;padding:32px;background:var(--base);border:1px solid var(--line);border-radius:4px}
h1{font-size:32px;line-height:40px;margin:0 0 8px}h2{font-size:22px;line-height:32px;margin:40px 0 8px}
h3{font-size:16px;line-height:24px;margin:24px 0 8px}p{margin:8px 0;max-width:76ch}a{color:var(--link)}
code{font-family:"JetBrains Mono","Noto Sans Mono",monospace;font-size:13px;overflow-wrap:anywhere}
.scroll{overflow-x:auto;margin:8px 0}table{border-collapse:collapse;width:100%}
caption{text-align:left;color:var(--text2);padding:4px 0}
th,td{text-align:left;vertical-align:top;padding:8px 12px 8px 0;border-bottom:1px solid var(--line);overflow-wrap:anywhere}
thead th{border-bottom:2px solid var(--text2);font-size:12px;color:var(--text2)}td:first-child,tbody th{white-space:nowrap}
.v{font-weight:600;white-space:nowrap}.pass{color:var(--pass)}.warn{color:var(--warn)}.unknown{color:var(--unknown)}
.na{color:var(--na)}.fail{color:var(--failt);background:var(--fail);border-radius:4px;padding:1px 6px}
p.lead .v{font-size:28px;line-height:40px}
figure{margin:16px 0}figure img{display:block;width:100%;height:auto;background:#FFF}figcaption{font-weight:600;margin:4px 0}
details{margin:4px 0;color:var(--text2)}summary{cursor:pointer}
.skip{position:absolute;left:-999px}.skip:focus{left:8px;top:8px}
@media print{body{background:#FFF}main{border:0;margin:0;padding:0;max-width:none}tr,figure{break-inside:avoid}details{display:none}}
)";

QString glyphClass(Glyph glyph)
{
    switch (glyph) {
    case Glyph::Pass:
    case Glyph::Attested:
        return QStringLiteral("pass");
    case Glyph::Warn:
    case Glyph::Waive:
    case Glyph::Stale:
        return QStringLiteral("warn");
    case Glyph::Fail:
    case Glyph::Reject:
        return QStringLiteral("fail");
    case Glyph::NotApplicable:
        return QStringLiteral("na");
    default:
        return QStringLiteral("unknown");
    }
}

QString html(const WrittenRun &run)
{
    const QString safe = safeLink(run.text), text = paperHtml(run.text);
    switch (run.kind) {
    case WrittenRun::Kind::Strong:
        return QStringLiteral("<strong>%1</strong>").arg(text);
    case WrittenRun::Kind::Code:
        return QStringLiteral("<code>%1</code>").arg(text);
    case WrittenRun::Kind::Link:
        return safe.isEmpty() ? text
                              : QStringLiteral("<a href=\"%1\" rel=\"noreferrer\">%2</a>").arg(safe.toHtmlEscaped(), paperHtml(safe));
    case WrittenRun::Kind::Plain:
        break;
    }
    return paperMarkup(run.text);
}

QString html(const WrittenCell &cell)
{
    QString text;
    for (size_t i = 0; i < cell.runs.size(); ++i) {
        if (i > 0)
            text += cell.runs[i].onNewLine ? QStringLiteral("<br>") : QStringLiteral(" ");
        text += i == 0 && cell.glyph ? QStringLiteral("<span class=\"v %1\">%2 %3</span>")
                                           .arg(glyphClass(*cell.glyph), QString(signOf(*cell.glyph)), paperHtml(cell.runs[i].text))
                                     : html(cell.runs[i]);
    }
    return text;
}

QString table(const WrittenPart &part)
{
    QString text = QStringLiteral("<div class=\"scroll\"><table>");
    if (!part.text.isEmpty())
        text += QStringLiteral("<caption>%1</caption>").arg(paperHtml(part.text));
    if (!part.head.isEmpty()) {
        text += QStringLiteral("<thead><tr>");
        for (const QString &name : part.head)
            text += QStringLiteral("<th scope=\"col\">%1</th>").arg(paperHtml(name));
        text += QStringLiteral("</tr></thead>");
    }
    text += QStringLiteral("<tbody>\n");
    for (const auto &row : part.rows) {
        text += QStringLiteral("<tr>");
        for (size_t i = 0; i < row.size(); ++i)
            text += i == 0 && part.head.isEmpty() ? QStringLiteral("<th scope=\"row\">%1</th>").arg(html(row[i]))
                                                  : QStringLiteral("<td>%1</td>").arg(html(row[i]));
        text += QStringLiteral("</tr>\n");
    }
    return text + QStringLiteral("</tbody></table></div>\n");
}

QString figure(const WrittenPart &part, const DocumentInput &input)
{
    const QByteArray svg = drawingSvg(part.draw, part.size, writtenStyle(input), part.text);
    QString text = QStringLiteral("<figure><figcaption>%1</figcaption><img alt=\"%2\" width=\"%3\" height=\"%4\" src=\"data:image/svg+xml;base64,%5\">")
                       .arg(paperHtml(part.text), paperHtml(part.text))
                       .arg(part.size.width()).arg(part.size.height())
                       .arg(QString::fromLatin1(svg.toBase64()));
    if (part.data.size() > 1) {
        WrittenPart data{WrittenPart::Kind::Table};
        data.head = part.data.first();
        for (const QStringList &row : part.data.sliced(1)) {
            std::vector<WrittenCell> cells;
            for (const QString &cell : row)
                cells.push_back({{{cell}}});
            data.rows.push_back(std::move(cells));
        }
        text += QStringLiteral("<details><summary>%1</summary>%2</details>")
                    .arg(Text{"図の値を表で見る", "The figure's values as a table"}.in(input.lang), table(data));
    }
    return text + QStringLiteral("</figure>\n");
}

QString html(const WrittenPart &part, const DocumentInput &input)
{
    switch (part.kind) {
    case WrittenPart::Kind::Heading:
        return QStringLiteral("<h%1>%2</h%1>\n").arg(QString::number(part.level), paperHtml(part.text));
    case WrittenPart::Kind::Paragraph:
        return QStringLiteral("<p%1>%2</p>\n").arg(part.words.glyph ? QStringLiteral(" class=\"lead\"") : QString(), html(part.words));
    case WrittenPart::Kind::Table:
        return table(part);
    case WrittenPart::Kind::Figure:
        break;
    }
    return figure(part, input);
}

} // namespace

QByteArray htmlDocument(const DocumentInput &input)
{
    const std::vector<WrittenPart> parts = writtenReview(input);
    // Nothing in it may run or load anything, whatever a reviewed file says.
    QString text = QStringLiteral("<!DOCTYPE html>\n<html lang=\"%1\">\n<head>\n<meta charset=\"utf-8\">\n"
                                  "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; style-src 'unsafe-inline'\">\n"
                                  "<meta name=\"viewport\" content=\"width=device-width\">\n<title>%2</title>\n<style>%3</style>\n</head>\n<body>\n"
                                  "<a class=\"skip\" href=\"#review\">%4</a>\n<main id=\"review\">\n")
                       .arg(input.lang == Lang::Ja ? QStringLiteral("ja") : QStringLiteral("en"), paperHtml(titleOf(input)),
                            QString::fromLatin1(styleSheet), Text{"本文へ", "To the review"}.in(input.lang));
    for (const WrittenPart &part : parts)
        text += html(part, input);
    return (text + QStringLiteral("</main>\n</body>\n</html>\n")).toUtf8();
}

} // namespace tenken
