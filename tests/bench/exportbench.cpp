// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exportbench.h"

#include "report.h"

#include <document/paper.h>
#include <document/written.h>
#include <evidence/evidence.h>
#include <parts/style.h>
#include <review/decision.h>
#include <review/reviewfile.h>

#include <QBuffer>
#include <QPainter>
#include <QPdfWriter>
#include <QTextDocument>
#include <QTimeZone>
#include <QAbstractTextDocumentLayout>

#include <algorithm>

namespace tenken::bench {

namespace {

constexpr size_t itemCount = 60;

/// As large as the checklist of a bigger house: some items more, asked of people.
Checklist widened(Checklist checklist)
{
    size_t count = 0;
    for (const Section &section : checklist.sections)
        count += section.items.size();
    std::vector<Item> &items = checklist.sections.front().items;
    for (const size_t own = items.size(); count < itemCount; ++count) {
        Item item = items[count % own];
        item.id = QStringLiteral("%1-%2").arg(item.id).arg(count);
        items.push_back(item);
    }
    return checklist;
}

QString htmlOf(const WrittenCell &cell)
{
    QString html;
    for (const WrittenRun &run : cell.runs) {
        const QString text = (run.onNewLine ? QStringLiteral("<br>") : QString()) + run.text.toHtmlEscaped() + u' ';
        html += run.kind == WrittenRun::Kind::Strong ? QStringLiteral("<b>") + text + QStringLiteral("</b>")
            : run.kind == WrittenRun::Kind::Code     ? QStringLiteral("<code>") + text + QStringLiteral("</code>")
                                                     : text;
    }
    return html;
}

QString tableOf(const WrittenPart &part)
{
    QString html = QStringLiteral("<table><tr>");
    for (const QString &cell : part.head)
        html += QStringLiteral("<th>") + cell.toHtmlEscaped() + QStringLiteral("</th>");
    for (const auto &row : part.rows) {
        html += QStringLiteral("</tr><tr>");
        for (const WrittenCell &cell : row)
            html += QStringLiteral("<td>") + htmlOf(cell) + QStringLiteral("</td>");
    }
    return html + QStringLiteral("</tr></table>");
}

/// The same words in the same headings and tables, without what Tenken adds to a page.
QString textOf(const std::vector<WrittenPart> &parts)
{
    QString html;
    for (const WrittenPart &part : parts) {
        if (part.kind == WrittenPart::Kind::Heading || part.kind == WrittenPart::Kind::Figure)
            html += QStringLiteral("<h3>") + part.text.toHtmlEscaped() + QStringLiteral("</h3>");
        else
            html += part.kind == WrittenPart::Kind::Table ? tableOf(part) : QStringLiteral("<p>") + htmlOf(part.words) + QStringLiteral("</p>");
    }
    return html;
}

qint64 drawBare(const QString &html, const std::vector<WrittenPart> &parts)
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    {
        QPdfWriter writer(&buffer);
        writer.setResolution(1200);
        writer.setPageSize(QPageSize(QPageSize::A4));
        QTextDocument document;
        document.setDefaultFont(paperFont(9));
        document.documentLayout()->setPaintDevice(&writer);
        document.setHtml(html);
        document.setPageSize(QSizeF(writer.width(), writer.height()));
        QPainter p(&writer);
        for (int page = 0; page < document.pageCount(); ++page) {
            p.save();
            p.translate(0, -page * document.pageSize().height());
            document.drawContents(&p, QRectF(QPointF(0, page * document.pageSize().height()), document.pageSize()));
            p.restore();
            writer.newPage();
        }
        p.scale(1200.0 / 96, 1200.0 / 96);
        for (const WrittenPart &part : parts) {
            if (part.kind == WrittenPart::Kind::Figure) {
                part.draw(p, QRectF(QPointF(), QSizeF(part.size)));
                writer.newPage();
            }
        }
    }
    return buffer.size();
}

} // namespace

void exportDocument(const QString &service)
{
    useTenkenLook(false);
    auto evidence = readEvidence(service);
    if (!evidence)
        qFatal("the service cannot be read");
    const Checklist checklist = widened(*builtinChecklist(QStringLiteral("zozotown")));
    const Assessment assessment = evaluate(checklist, *evidence);
    auto read = readReview(service, evidence->service, checklist);
    const Review *review = read ? &read->review : nullptr;
    const QDate today(2026, 11, 20);
    const Outcome outcome = decide(checklist, assessment, review, today);
    const DocumentInput input{&*evidence, &checklist, &assessment, review, &outcome, Lang::Ja,
                              QDateTime(today, QTime(12, 0), QTimeZone::UTC), QStringLiteral("bench"), {}};
    const std::vector<WrittenPart> parts = writtenReview(input);
    const auto figures = std::ranges::count(parts, WrittenPart::Kind::Figure, &WrittenPart::kind);
    const QString text = textOf(parts);
    out() << QStringLiteral("document: %1 items, %2 figures, %3 characters of HTML\n").arg(outcome.items.size()).arg(figures).arg(text.size());
    report("PDF, laid out, repaired, attached", median(7, [&] {
               if (!renderPdf(input))
                   qFatal("no document");
           }), "bare QPdfWriter, same text and figures", median(7, [&] {
               if (drawBare(text, parts) == 0)
                   qFatal("no yardstick");
           }));
}

} // namespace tenken::bench
