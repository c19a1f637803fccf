// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <items/loadstepmodel.h>

#include <evidence/numbers.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace tenken {

namespace {

const std::array<Text, LoadStepModel::ColumnCount> headers{
    Text{"段", "Step"}, Text{"投入 req/s", "Offered, req/s"}, Text{"完了 req/s", "Completed, req/s"}, Text{"エラー", "Errors"},
    Text{"p50", "p50"}, Text{"p95", "p95"}, Text{"p99", "p99"}, Text{"最大", "Max"}, Text{"標本", "Samples"},
    Text{"所見", "Remark"}};

/// The quantile of a column; 0: it is none.
double quantileOf(int column)
{
    return column == LoadStepModel::P50Column ? 0.5
        : column == LoadStepModel::P95Column  ? 0.95
        : column == LoadStepModel::P99Column  ? 0.99
                                              : 0;
}

int alignmentOf(int column)
{
    const bool words = column == LoadStepModel::RemarkColumn || column == LoadStepModel::NumberColumn;
    return int((words ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
}

} // namespace

QString latencyOrDash(double ms) { return ms >= 0 && std::isfinite(ms) ? formatMs(ms) : QStringLiteral("—"); }

QString rateOrDash(const LoadStep &step, double perSecond)
{
    return step.end > step.start ? formatNumber(perSecond) : QStringLiteral("—");
}

QString samplesOrDash(const LoadStep &step)
{
    return step.samples > 0 || step.end > step.start ? formatNumber(double(step.samples)) : QStringLiteral("—");
}

QString errorsInWords(const LoadStep &step, bool known, Lang lang)
{
    return known ? formatWithUnit(100 * errorRate(step), QStringLiteral("%")) : Text{"不明", "unknown"}.in(lang);
}

void LoadStepModel::show(const LoadTestPicture &test, Lang lang)
{
    beginResetModel();
    m_steps = test.steps;
    m_knee = test.knee;
    m_knowsErrors = !test.run || test.run->showsErrors();
    m_lang = lang;
    endResetModel();
}

int LoadStepModel::rowCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : int(m_steps.size()); }
int LoadStepModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : ColumnCount; }

QString LoadStepModel::remarks(const LoadStep &step, int row) const
{
    QStringList said;
    const auto say = [&](const Text &text) { said << text.in(m_lang); };
    if (m_knee.usable && m_knee.reached && row == m_knee.lastGoodStep)
        say({"膝", "knee"});
    if (m_knee.usable && m_knee.reached && row == m_knee.firstBadStep)
        say({"膝の先の最初の段", "first past the knee"});
    if (std::ranges::contains(m_knee.spikes, row))
        say({"跳ねたが戻った", "a spike that recovered"});
    if (step.distrusted)
        say({"道具の補正が誤っているため遅延は使いません", "latencies not used: the tool's correction is wrong"});
    else if (step.windows > 1)
        say(Text{"%1 区間の中央値", "median of %1 windows"}.arg(step.windows));
    else if (step.windows == 1)
        say({"道具の値", "as the tool states"});
    if (step.p95 >= 0 && !step.p95Trusted())
        say({"標本が少ない", "few samples"});
    return said.join(QStringLiteral(" · "));
}

QString LoadStepModel::words(const LoadStep &s, int row, int column) const
{
    switch (column) {
    case NumberColumn: return s.name.isEmpty() ? QString::number(row + 1) : s.name;
    case OfferedColumn: return rateOrDash(s, s.offered);
    case CompletedColumn: return rateOrDash(s, s.throughput);
    case ErrorsColumn: return errorsInWords(s, m_knowsErrors, m_lang);
    case P50Column: return latencyOrDash(s.p50);
    case P95Column: return latencyOrDash(s.p95);
    case P99Column: return latencyOrDash(s.p99);
    case MaxColumn: return latencyOrDash(s.max);
    case SamplesColumn: return samplesOrDash(s);
    case RemarkColumn: return remarks(s, row);
    default: return {};
    }
}

QVariant LoadStepModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const LoadStep &step = m_steps[size_t(index.row())];
    const double q = quantileOf(index.column());
    const bool trusted = q <= 0 || step.trusts(q);
    const QString text = words(step, index.row(), index.column());
    switch (role) {
    case Qt::DisplayRole: return text;
    case Qt::AccessibleTextRole: return trusted ? text : text + Text{"、標本が少ない", ", few samples"}.in(m_lang);
    case Qt::ToolTipRole:
        return trusted ? QVariant() : Text{"標本が少なく、偶然で動く値です。", "Few samples: chance moves this value."}.in(m_lang);
    case Qt::TextAlignmentRole:
        return alignmentOf(index.column());
    case TrustedRole: return trusted;
    case KneeRole: return m_knee.usable && m_knee.reached && index.row() == m_knee.lastGoodStep;
    default: return {};
    }
}

QVariant LoadStepModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    if (role == Qt::TextAlignmentRole)
        return alignmentOf(section);
    return role == Qt::DisplayRole ? QVariant(headers[size_t(section)].in(m_lang)) : QVariant();
}

} // namespace tenken
