// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/loadtesttable.h"

#include <evidence/numbers.h>

#include <algorithm>

namespace tenken::app {

namespace {

const QString unknown = QStringLiteral("–");

/// Columns line up in a terminal, where Japanese letters take two cells.
int cells(const QString &text)
{
    int width = 0;
    for (const QChar c : text)
        width += c.unicode() >= 0x1100 && !c.isLowSurrogate() ? 2 : 1;
    return width;
}

QString cell(const LoadStep &step, double q)
{
    const double value = step.percentile(q);
    return msOrDash(value) + (value >= 0 && !step.trusts(q) ? QStringLiteral("*") : QString());
}

QString rate(const LoadStep &step, double perSecond)
{
    return hasRate(step) ? formatNumber(perSecond) : unknown;
}

QStringList rowOf(const TestedRun &test, const LoadStep &step, bool users, const std::vector<double> &columns)
{
    QStringList row;
    if (users)
        row << (step.users >= 0 ? formatNumber(step.users) : unknown);
    row << rate(step, step.offered) << rate(step, step.throughput)
        << (test.run.showsErrors() ? formatNumber(double(step.errors)) : unknown);
    for (const double q : columns)
        row << cell(step, q);
    return row;
}

} // namespace

QString alignedRight(const QString &text, int width)
{
    return QString(std::max(0, width - cells(text)), u' ') + text;
}

QString msOrDash(double value)
{
    return value < 0 ? unknown : formatMs(value);
}

std::vector<double> percentileColumns(const TestedRun &test)
{
    std::vector<double> columns{0.5};
    for (const double q : {0.9, 0.95, 0.975, 0.99}) {
        const bool usual = q == 0.95 || q == 0.99;
        const bool any = std::ranges::any_of(test.steps, [&](const LoadStep &s) { return s.percentile(q) >= 0; });
        if (any && (usual || q == test.knee.percentile))
            columns.push_back(q);
    }
    return columns;
}

QString loadTestTable(const TestedRun &test, Lang lang)
{
    const bool users = std::ranges::any_of(test.steps, [](const LoadStep &s) { return s.users >= 0; }) && test.run.model != LoadModel::Open;
    const std::vector<double> columns = percentileColumns(test);
    QStringList head;
    if (users)
        head << Text{"並列", "users"}.in(lang);
    head << Text{"投入/s", "offered"}.in(lang) << Text{"完了/s", "done"}.in(lang) << Text{"エラー", "errors"}.in(lang);
    for (const double q : columns)
        head << percentileLabel(q).in(lang);
    std::vector<QStringList> rows;
    for (const LoadStep &step : test.steps)
        rows.push_back(rowOf(test, step, users, columns));
    QList<int> widths;
    for (int column = 0; column < int(head.size()); ++column) {
        int width = std::max(7, cells(head[column]));
        for (const QStringList &row : rows)
            width = std::max(width, cells(row[column]));
        widths << width + 2;
    }
    QString text = QStringLiteral("   ");
    for (int column = 0; column < int(head.size()); ++column)
        text += alignedRight(head[column], widths[column]);
    text += u'\n';
    for (int i = 0; i < int(test.steps.size()); ++i) {
        const LoadStep &step = test.steps[size_t(i)];
        const bool isKnee = test.knee.usable && test.knee.reached && i == test.knee.lastGoodStep;
        text += isKnee ? QStringLiteral(" ▶ ") : test.isBad(i) ? QStringLiteral(" ✗ ") : test.isSpike(i) ? QStringLiteral(" ! ") : QStringLiteral("   ");
        for (int column = 0; column < int(head.size()); ++column)
            text += alignedRight(rows[size_t(i)][column], widths[column]);
        text += isKnee ? Text{"  膝", "  knee"}.in(lang) : test.isSpike(i) ? Text{"  一時的", "  recovered"}.in(lang) : QString();
        if (!step.name.isEmpty())
            text += QStringLiteral("  ") + printable(step.name).left(40);
        text += u'\n';
    }
    return text;
}

} // namespace tenken::app
