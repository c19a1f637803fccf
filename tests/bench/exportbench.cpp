// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exportbench.h"

#include "report.h"

#include <document/written.h>
#include <evidence/evidence.h>
#include <parts/style.h>
#include <review/decision.h>
#include <review/reviewfile.h>

#include <QBuffer>
#include <QFont>
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

QString plain(const WrittenCell &cell)
{
    QString text;
    for (const WrittenRun &run : cell.runs)
        text += run.text + u' ';
    return text;
}

QString textOf(const std::vector<WrittenPart> &parts)
{
    QString text;
    for (const WrittenPart &part : parts) {
        text += part.text + u'\n' + plain(part.words) + u'\n' + part.head.join(u' ') + u'\n';
        for (const auto &row : part.rows) {
            for (const WrittenCell &cell : row)
                text += plain(cell) + u'\n';
        }
    }
    return text;
}

qint64 drawBare(const QString &text, const std::vector<WrittenPart> &parts)
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    {
        QPdfWriter writer(&buffer);
        writer.setResolution(1200);
        writer.setPageSize(QPageSize(QPageSize::A4));
        QTextDocument document;
        document.setDefaultFont(QFont(QStringLiteral("Noto Sans CJK JP"), 9));
        document.setPlainText(text);
        document.documentLayout()->setPaintDevice(&writer);
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
    out() << QStringLiteral("document: %1 items, %2 figures, %3 characters\n").arg(outcome.items.size()).arg(figures).arg(text.size());
    report("PDF, laid out, repaired, attached", median(7, [&] {
               if (!renderPdf(input))
                   qFatal("no document");
           }), "bare QPdfWriter, same text and figures", median(7, [&] {
               if (drawBare(text, parts) == 0)
                   qFatal("no yardstick");
           }));
}

} // namespace tenken::bench
