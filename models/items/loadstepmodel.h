// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <rules/finding.h>

#include <QAbstractTableModel>

namespace tenken {

/// The steps of a load test, in the order in which they ran.
class LoadStepModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { NumberColumn, OfferedColumn, CompletedColumn, ErrorsColumn, P50Column, P95Column, P99Column, MaxColumn,
                  SamplesColumn, RemarkColumn, ColumnCount };
    enum Role {
        TrustedRole = Qt::UserRole + 1, ///< bool: enough samples stand behind the value, or it is no percentile
        KneeRole,                       ///< bool: the last good step
    };

    explicit LoadStepModel(QObject *parent = nullptr) : QAbstractTableModel(parent) { }

    void show(const LoadTestPicture &test, Lang lang);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString words(const LoadStep &step, int row, int column) const;
    QString remarks(const LoadStep &step, int row) const;

    std::vector<LoadStep> m_steps;
    Knee m_knee;
    bool m_knowsErrors = true;
    Lang m_lang = Lang::Ja;
};

/// A latency, or a dash where the file does not tell it.
QString latencyOrDash(double ms);

/// A rate of a level, or a dash where the file does not tell how long it lasted.
QString rateOrDash(const LoadStep &step, double perSecond);

/// How many requests stand behind a level, or a dash: a table of percentiles need not say.
QString samplesOrDash(const LoadStep &step);

/// The share of failed requests; "unknown" of a test that does not record failures.
QString errorsInWords(const LoadStep &step, bool known, Lang lang);

} // namespace tenken
