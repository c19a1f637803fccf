// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <document/written.h>

#include <document/paper.h>
#include <evidence/markdowntext.h>

namespace tenken {

namespace {

QString safe(const QString &text)
{
    QStringList lines = maskSecrets(text).split(u'\n');
    for (QString &line : lines)
        line = markdownText(visible(line.replace(u'\t', u' ').remove(u'\r')));
    return lines.join(QStringLiteral("<br>"));
}

/// Between backticks of a number that the text does not have.
QString code(const QString &text)
{
    const QString inside = visible(maskSecrets(text).simplified()).replace(u'|', QStringLiteral("\\|"));
    QString fence(u'`');
    while (inside.contains(fence))
        fence += u'`';
    const QString space = fence.size() > 1 ? QStringLiteral(" ") : QString();
    return inside.isEmpty() ? QString() : fence + space + inside + space + fence;
}

QString markdown(const WrittenRun &run)
{
    const QString address = safeLink(run.text);
    switch (run.kind) {
    case WrittenRun::Kind::Strong:
        return run.text.trimmed().isEmpty() ? QString() : QStringLiteral("**%1**").arg(safe(run.text.trimmed()));
    case WrittenRun::Kind::Code:
        return code(run.text);
    case WrittenRun::Kind::Link:
        return address.isEmpty() ? safe(run.text) : QStringLiteral("<%1>").arg(maskSecrets(address));
    case WrittenRun::Kind::Plain:
        break;
    }
    return safe(run.text);
}

QString markdown(const WrittenCell &cell)
{
    QString text;
    for (size_t i = 0; i < cell.runs.size(); ++i) {
        const QString run = markdown(cell.runs[i]);
        if (i > 0)
            text += cell.runs[i].onNewLine ? QStringLiteral("<br>") : QStringLiteral(" ");
        text += i == 0 && cell.glyph ? QStringLiteral("%1 **%2**").arg(QString(signOf(*cell.glyph)), run) : run;
    }
    return text;
}

QString row(const QStringList &cells)
{
    return QStringLiteral("| %1 |\n").arg(cells.join(QStringLiteral(" | ")));
}

QString table(QStringList head, const std::vector<std::vector<WrittenCell>> &rows)
{
    size_t columns = size_t(head.size());
    for (const auto &cells : rows)
        columns = std::max(columns, cells.size());
    while (size_t(head.size()) < columns)
        head << QString();
    for (QString &name : head)
        name = safe(name);
    QString text = row(head) + row(QStringList(qsizetype(columns), QStringLiteral("---")));
    for (const auto &cells : rows) {
        QStringList words;
        for (const WrittenCell &cell : cells)
            words << markdown(cell);
        while (size_t(words.size()) < columns)
            words << QString();
        text += row(words);
    }
    return text + u'\n';
}

QString figure(const WrittenPart &part)
{
    if (part.data.size() < 2)
        return {};
    std::vector<std::vector<WrittenCell>> rows;
    for (const QStringList &line : part.data.sliced(1)) {
        std::vector<WrittenCell> cells;
        for (const QString &cell : line)
            cells.push_back({{{cell}}});
        rows.push_back(std::move(cells));
    }
    return QStringLiteral("**%1**\n\n").arg(safe(part.text)) + table(part.data.first(), rows);
}

} // namespace

QByteArray markdownDocument(const DocumentInput &input)
{
    QString text;
    for (const WrittenPart &part : writtenReview(input)) {
        switch (part.kind) {
        case WrittenPart::Kind::Heading:
            text += QString(part.level, u'#') + u' ' + safe(part.text) + QStringLiteral("\n\n");
            break;
        case WrittenPart::Kind::Paragraph:
            text += markdown(part.words) + QStringLiteral("\n\n");
            break;
        case WrittenPart::Kind::Table:
            text += (part.text.isEmpty() ? QString() : safe(part.text) + QStringLiteral("\n\n")) + table(part.head, part.rows);
            break;
        case WrittenPart::Kind::Figure:
            text += figure(part);
            break;
        }
    }
    return text.toUtf8();
}

} // namespace tenken
