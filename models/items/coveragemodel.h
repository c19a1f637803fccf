// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <analysis/coverage.h>

#include <QAbstractTableModel>

namespace tenken
{

/// A coverage together with the evidence that it points into.
struct MonitoringView {
    std::shared_ptr<const Evidence> evidence;
    Coverage coverage;
};
std::shared_ptr<const MonitoringView> monitoringViewOf(std::shared_ptr<const Evidence> evidence);

/// Needs × monitors. Columns are the monitors, those that matter first; a filter shows those of one step of
/// the subtraction, or the candidates. Of many only the first are shown until all are asked for.
class CoverageModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Role {
        VerdictRole = Qt::UserRole + 1, ///< int Verdict; none: the cell says nothing
        ReasonRole, ///< QString: of a row's header its first reason
        StateRole, ///< QString: the word beside the verdict, of headers
    };
    static constexpr int mostShown = 60;

    explicit CoverageModel(QObject *parent = nullptr) : QAbstractTableModel(parent) {}

    void show(std::shared_ptr<const MonitoringView> view, Lang lang);

    enum class Filter { None, Step, Candidates };
    void setFilter(Filter filter, Reach step = Reach::Someone);
    Filter filter() const { return m_filter; }
    Reach step() const { return m_step; }
    void setAllShown(bool all);
    int leftOut() const { return m_leftOut; } ///< columns that the limit hides

    const NeedCoverage *need(int row) const;
    const MonitorReading *monitor(int column) const;
    int columnOf(const Monitor &monitor) const; ///< −1: not shown

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    void arrange();
    QVariant needData(const NeedCoverage &need, int role) const;
    QVariant monitorData(const MonitorReading &reading, int role) const;

    std::shared_ptr<const MonitoringView> m_view;
    std::vector<const MonitorReading *> m_columns;
    Filter m_filter = Filter::None;
    Reach m_step = Reach::Someone;
    bool m_all = false;
    int m_leftOut = 0;
    Lang m_lang = Lang::Ja;
};

} // namespace tenken
