// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <parts/badge.h>

#include <QWidget>

namespace tenken {

/// A badge as a widget: icon and word, the word also as accessible name.
class BadgeWidget : public QWidget
{
    Q_OBJECT
public:
    explicit BadgeWidget(QWidget *parent = nullptr);

    void setBadge(Glyph glyph, const QString &word);
    void setIconOnly(bool iconOnly);   ///< the word becomes the tooltip
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Glyph m_glyph = Glyph::Open;
    QString m_word;
    bool m_iconOnly = false;
};

} // namespace tenken
