// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <items/coveragemodel.h>
#include <items/coveragewords.h>

#include <algorithm>
#include <map>

namespace tenken
{

using namespace Qt::StringLiterals;

namespace
{

/// What a monitor does for the needs decides its place: it tells of one, it may, it is the service's, it may
/// be.
std::map<const MonitorReading *, int> ranksOf(const Coverage &coverage)
{
    std::map<const MonitorReading *, int> ranks;
    for (const auto &reading : coverage.readings)
        ranks[reading.get()] = reading->belongs == Belongs::Yes ? 2 : 3;
    for (const NeedCoverage &need : coverage.needs) {
        for (const MonitorReading *r : need.near)
            ranks[r] = std::min(ranks[r], 1);
    }
    for (const NeedCoverage &need : coverage.needs) {
        for (const MonitorReading *r : need.evidence)
            ranks[r] = 0;
    }
    return ranks;
}

QString nameOf(const Monitor &m)
{
    return maskSecrets(visible(m.name.isEmpty() ? m.id : m.name));
}

} // namespace

std::shared_ptr<const MonitoringView> monitoringViewOf(std::shared_ptr<const Evidence> evidence)
{
    auto view = std::make_shared<MonitoringView>();
    view->coverage = coverageOf(*evidence);
    view->evidence = std::move(evidence);
    return view;
}

void CoverageModel::show(std::shared_ptr<const MonitoringView> view, Lang lang)
{
    beginResetModel();
    m_view = std::move(view);
    m_lang = lang;
    arrange();
    endResetModel();
}

void CoverageModel::setFilter(Filter filter, Reach step)
{
    beginResetModel();
    m_filter = filter;
    m_step = step;
    arrange();
    endResetModel();
}

void CoverageModel::setAllShown(bool all)
{
    beginResetModel();
    m_all = all;
    arrange();
    endResetModel();
}

void CoverageModel::arrange()
{
    m_columns.clear();
    m_leftOut = 0;
    if (!m_view)
        return;
    for (const auto &reading : m_view->coverage.readings) {
        const bool own = reading->belongs == Belongs::Yes;
        const bool wanted = m_filter == Filter::None ? reading->belongs != Belongs::No || reading->said
            : m_filter == Filter::Step               ? own && reading->reach == m_step
                                                     : reading->belongs == Belongs::NameOnly;
        if (wanted)
            m_columns.push_back(reading.get());
    }
    auto ranks = ranksOf(m_view->coverage);
    std::ranges::stable_sort(m_columns, {}, [&](const MonitorReading *r) { return ranks[r]; });
    if (!m_all && m_columns.size() > mostShown) {
        m_leftOut = int(m_columns.size()) - mostShown;
        m_columns.resize(mostShown);
    }
}

const NeedCoverage *CoverageModel::need(int row) const
{
    return m_view && row >= 0 && row < int(m_view->coverage.needs.size())
        ? &m_view->coverage.needs[size_t(row)]
        : nullptr;
}

const MonitorReading *CoverageModel::monitor(int column) const
{
    return column >= 0 && column < int(m_columns.size()) ? m_columns[size_t(column)] : nullptr;
}

int CoverageModel::columnOf(const Monitor &monitor) const
{
    const auto it = std::ranges::find_if(m_columns, [&](const MonitorReading *r) {
        return r->monitor == &monitor || (!monitor.id.isEmpty() && r->monitor->id == monitor.id);
    });
    return it == m_columns.end() ? -1 : int(it - m_columns.begin());
}

int CoverageModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() || !m_view ? 0 : int(m_view->coverage.needs.size());
}

int CoverageModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_columns.size());
}

QVariant CoverageModel::data(const QModelIndex &index, int role) const
{
    const NeedCoverage *n = need(index.row());
    const MonitorReading *r = monitor(index.column());
    if (!index.isValid() || !n || !r)
        return {};
    const CoverageMark mark = markOf(*n, *r);
    const bool marked = !mark.word.isEmpty();
    switch (role) {
    case Qt::DisplayRole:
        return mark.word.in(m_lang);
    case VerdictRole:
        return marked ? QVariant(int(mark.verdict)) : QVariant();
    case Qt::TextAlignmentRole:
        return int(Qt::AlignCenter);
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole:
        return Text{"%1 × %2: %3", "%1 × %2: %3"}
            .arg(n->need.name, nameOf(*r->monitor), marked ? mark.word : Text{"関係なし", "nothing"})
            .in(m_lang);
    default:
        return {};
    }
}

QVariant CoverageModel::needData(const NeedCoverage &need, int role) const
{
    const QString reason =
        need.reasons.empty() ? QString() : maskSecrets(need.reasons.front().text.in(m_lang));
    const QString state = label(need.answer).in(m_lang);
    switch (role) {
    case Qt::DisplayRole:
        return need.need.name.in(m_lang);
    case VerdictRole:
        return int(verdictOf(need.answer));
    case StateRole:
        return state;
    case ReasonRole:
        return reason;
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole:
        return u"%1: %2. %3"_s.arg(need.need.name.in(m_lang), state, reason).trimmed();
    default:
        return {};
    }
}

QVariant CoverageModel::monitorData(const MonitorReading &reading, int role) const
{
    const bool own = reading.belongs == Belongs::Yes;
    const Text state = own                     ? label(reading.reach)
        : reading.belongs == Belongs::NameOnly ? Text{"候補", "Candidate"}
                                               : Text{"ほかの監視", "Another's"};
    const Verdict verdict = own                ? verdictOf(reading.reach)
        : reading.belongs == Belongs::NameOnly ? Verdict::Unknown
                                               : Verdict::NotApplicable;
    switch (role) {
    case Qt::DisplayRole:
        return nameOf(*reading.monitor);
    case VerdictRole:
        return int(verdict);
    case StateRole:
        return state.in(m_lang);
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole:
        return u"%1: %2"_s.arg(nameOf(*reading.monitor), state.in(m_lang));
    default:
        return {};
    }
}

QVariant CoverageModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Vertical) {
        const NeedCoverage *n = need(section);
        return n ? needData(*n, role) : QVariant();
    }
    const MonitorReading *r = monitor(section);
    return r ? monitorData(*r, role) : QVariant();
}

} // namespace tenken
