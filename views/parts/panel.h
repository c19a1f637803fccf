// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QHBoxLayout;
class QLabel;
class QVBoxLayout;

namespace tenken {

class ElidedLabel;

/// A card with a title that asks or names, a subtitle in grey, and room for small buttons at the right.
/// 1 px line, radius 4, no shadow.
class Panel : public QFrame
{
    Q_OBJECT
public:
    explicit Panel(QWidget *parent = nullptr);

    void setTitle(const QString &title, const QString &subtitle = {});
    void setEdge(const QColor &colour);      ///< a 4 px edge at the left; invalid: none
    void addToHeader(QWidget *widget);       ///< at the right of the title
    QVBoxLayout *body() const { return m_body; }

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void applyColours();

    QLabel *m_title;
    ElidedLabel *m_subtitle;
    QHBoxLayout *m_header;
    QVBoxLayout *m_body;
    QColor m_edge;
};

} // namespace tenken
