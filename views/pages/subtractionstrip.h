// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <parts/subtraction.h>

#include <QAbstractButton>

class QHBoxLayout;

namespace tenken
{

/// One step as a button that stays down while the list is filtered by it.
class SubtractionButton : public QAbstractButton
{
    Q_OBJECT
public:
    SubtractionButton(const SubtractionStep &step, Lang lang, QWidget *parent = nullptr);
    const SubtractionStep &step() const { return m_step; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {84, sizeHint().height()}; }

signals:
    void walked(int by); ///< an arrow: to the neighbour

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    SubtractionStep m_step;
    Lang m_lang;
};

/// The subtraction side by side: reached by Tab, walked with the arrows, pressed with Space or Enter.
class SubtractionStrip : public QWidget
{
    Q_OBJECT
public:
    explicit SubtractionStrip(Lang lang, QWidget *parent = nullptr);

    void show(const Coverage &coverage);
    void clearChoice();
    void focusFirst();
    std::optional<Reach> chosen() const; ///< nothing: all monitors

signals:
    void chosenChanged();

private:
    void toggled(SubtractionButton *button, bool on);
    void walk(const SubtractionButton *from, int by);

    Lang m_lang;
    QHBoxLayout *m_row;
    std::vector<SubtractionButton *> m_buttons;
};

} // namespace tenken
