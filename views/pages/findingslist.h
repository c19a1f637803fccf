// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <items/findingsmodel.h>

#include <QListView>
#include <QStyledItemDelegate>

namespace tenken {

/// Two lines a finding: badge, what was looked at and where, measured against wanted with its bar.
class FindingsDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    FindingsDelegate(const FindingsModel &model, Lang lang, QObject *parent);
    void paint(QPainter *p, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    const FindingsModel &m_model;
    Lang m_lang;
};

/// The findings of one item; as high as its rows, so that the page scrolls, not the list.
class FindingsList : public QListView
{
    Q_OBJECT
public:
    explicit FindingsList(Lang lang, QWidget *parent = nullptr);

    void show(const std::vector<Finding> &findings);   ///< selects the worst
    void showAgain(const std::vector<Finding> &findings); ///< selects the one that was
    bool shows(const std::vector<Finding> &findings) const; ///< these, waived or not as they are
    const Finding *current() const;
    void step(int by);                                  ///< [ and ]

signals:
    void findingSelected();

protected:
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }
    void keyboardSearch(const QString &) override { }

private:
    FindingsModel m_model;
};

} // namespace tenken
