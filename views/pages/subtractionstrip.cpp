// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <pages/subtractionstrip.h>
#include <parts/style.h>

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>

#include <algorithm>

namespace tenken
{

SubtractionButton::SubtractionButton(const SubtractionStep &step, Lang lang, QWidget *parent)
    : QAbstractButton(parent), m_step(step), m_lang(lang)
{
    setCheckable(true);
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(step.words().in(lang));
    setToolTip(step.words().in(lang));
}

QSize SubtractionButton::sizeHint() const
{
    return {160, int(subtractionHeight) + 20};
}

void SubtractionButton::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        click();
        break;
    case Qt::Key_Left:
        emit walked(-1);
        break;
    case Qt::Key_Right:
        emit walked(1);
        break;
    default:
        QAbstractButton::keyPressEvent(event);
    }
}

void SubtractionButton::paintEvent(QPaintEvent *)
{
    QPainter p(this);
    p.setRenderHint(QPainter::Antialiasing);
    const Colours &c = coloursFor(palette());
    const bool on = isChecked();
    p.setPen(QPen(on ? c.accent : c.line, on ? 2 : 1));
    p.setBrush(on ? c.selection : underMouse() ? c.alt : c.base);
    p.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 4, 4);
    drawSubtractionStep(p, QRectF(rect()).adjusted(12, 10, -12, -8), m_step, {&c, m_lang, 1, {}});
    if (hasFocus())
        drawFocus(p, rect(), c);
}

SubtractionStrip::SubtractionStrip(Lang lang, QWidget *parent)
    : QWidget(parent), m_lang(lang), m_row(new QHBoxLayout(this))
{
    m_row->setContentsMargins(0, 0, 0, 0);
    m_row->setSpacing(8);
    setAccessibleName(Text{"監視の引き算", "Which monitors reach people"}.in(lang));
}

void SubtractionStrip::show(const Coverage &coverage)
{
    const auto before = chosen();
    for (SubtractionButton *button : m_buttons)
        delete button;
    m_buttons.clear();
    for (const SubtractionStep &step : subtractionSteps(coverage)) {
        auto *button = new SubtractionButton(step, m_lang, this);
        if (step.kind != SubtractionStep::Kind::All && before == step.reach)
            button->setChecked(true);
        m_row->addWidget(button, 1);
        button->show(); // now, not when the layout comes to it: a key may ask for the focus before
        m_buttons.push_back(button);
        connect(button, &SubtractionButton::walked, this, [this, button](int by) { walk(button, by); });
        connect(button, &QAbstractButton::toggled, this, [this, button](bool on) { toggled(button, on); });
    }
    if (!m_buttons.empty() && !chosen())
        m_buttons.front()->setChecked(false);
}

void SubtractionStrip::toggled(SubtractionButton *button, bool on)
{
    // "All" is what is shown while nothing else is chosen: pressing it lets go of the others.
    const bool all = button->step().kind == SubtractionStep::Kind::All;
    for (SubtractionButton *other : m_buttons) {
        const QSignalBlocker quiet(other);
        other->setChecked(other == button && on && !all);
        other->update();
    }
    emit chosenChanged();
}

void SubtractionStrip::walk(const SubtractionButton *from, int by)
{
    const auto at = std::ranges::find(m_buttons, from) - m_buttons.begin() + by;
    if (at >= 0 && at < qsizetype(m_buttons.size()))
        m_buttons[size_t(at)]->setFocus(Qt::TabFocusReason);
}

void SubtractionStrip::focusFirst()
{
    if (!m_buttons.empty())
        m_buttons.front()->setFocus(Qt::ShortcutFocusReason);
}

void SubtractionStrip::clearChoice()
{
    if (!m_buttons.empty())
        toggled(m_buttons.front(), false);
}

std::optional<Reach> SubtractionStrip::chosen() const
{
    for (const SubtractionButton *button : m_buttons) {
        if (button->isChecked())
            return button->step().reach;
    }
    return {};
}

} // namespace tenken
