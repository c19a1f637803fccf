// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <pages/stagetiles.h>

#include <parts/badge.h>
#include <parts/type.h>

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>

namespace tenken {

namespace {

constexpr int padding = 14, gap = 8, preferredWidth = 200, linesOfLead = 3;

} // namespace

StageTile::StageTile(const StageOutcome &stage, Lang lang, QWidget *parent)
    : QAbstractButton(parent), m_stage(stage), m_lang(lang)
{
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    const QString words = QStringLiteral("%1: %2. %3")
                              .arg(stage.title.in(lang), label(stage.decision).in(lang), stage.lead.in(lang));
    setAccessibleName(stage.applied ? Text{"申請段階 %1", "Applied for: %1"}.arg(words).in(lang) : words);
    setToolTip(stage.applied ? Text{"この段階を申請しています", "This stage is applied for"}.in(lang)
                             : Text{"押すと、この段階を申請します", "Press to apply for this stage"}.in(lang));
}

QSize StageTile::sizeHint() const
{
    const int badge = int(badgeSize(fontFor(Type::Caption), label(m_stage.decision).in(m_lang)).height());
    const int title = std::max(QFontMetrics(fontFor(Type::Title)).height(), badge);
    return {preferredWidth,
            2 * padding + title + gap + linesOfLead * QFontMetrics(fontFor(Type::Caption)).height()};
}

/// Title and decision stand side by side, neither cut.
QSize StageTile::minimumSizeHint() const
{
    const int title = QFontMetrics(fontFor(Type::Title)).horizontalAdvance(m_stage.title.in(m_lang));
    const qreal badge = badgeSize(fontFor(Type::Caption), label(m_stage.decision).in(m_lang)).width();
    return {2 * padding + std::min(title + 2, preferredWidth) + gap + int(badge) + 2, sizeHint().height()};
}

void StageTile::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        click();
    else
        QAbstractButton::keyPressEvent(event);
}

void StageTile::paintEvent(QPaintEvent *)
{
    const Colours &c = coloursFor(palette());
    QPainter p(this);
    p.setRenderHint(QPainter::Antialiasing);
    const qreal width = m_stage.applied || hasFocus() ? 2 : 1;
    p.setPen(QPen(m_stage.applied || hasFocus() ? c.accent : c.line, width,
                  hasFocus() && !m_stage.applied ? Qt::DashLine : Qt::SolidLine));
    p.setBrush(m_stage.applied ? c.base : underMouse() ? c.sunken : c.alt);
    p.drawRoundedRect(QRectF(rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2), 4, 4);

    const QRect inner = rect().adjusted(padding, padding, -padding, -padding);
    const QString word = label(m_stage.decision).in(m_lang);
    const QSizeF badge = badgeSize(fontFor(Type::Caption), word);
    const int line = std::max(QFontMetrics(fontFor(Type::Title)).height(), int(badge.height()));
    p.setFont(fontFor(Type::Title));
    p.setPen(c.text);
    const int titleWidth = std::max(0, inner.width() - int(badge.width()) - gap);
    p.drawText(QRect(inner.left(), inner.top(), titleWidth, line), Qt::AlignVCenter | Qt::AlignLeft,
               p.fontMetrics().elidedText(m_stage.title.in(m_lang), Qt::ElideRight, titleWidth));
    p.setFont(fontFor(Type::Caption));
    drawBadge(p, QRectF(inner.right() + 1 - badge.width(), inner.top(), badge.width(), line),
              glyphOf(m_stage.decision), word, c);
    p.setFont(fontFor(Type::Caption));
    p.setPen(c.text2);
    p.drawText(inner.adjusted(0, line + gap, 0, 0), Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap,
               m_stage.lead.in(m_lang));
}

QWidget *stageTiles(const std::vector<StageOutcome> &stages, bool editable, Lang lang,
                    const std::function<void(const QString &)> &apply)
{
    auto *box = new QWidget;
    auto *row = new QHBoxLayout(box);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    for (const StageOutcome &stage : stages) {
        auto *tile = new StageTile(stage, lang);
        tile->setEnabled(editable || stage.applied);
        const QString id = stage.id;
        if (!stage.applied)
            QObject::connect(tile, &QAbstractButton::clicked, box, [apply, id] { apply(id); });
        row->addWidget(tile, 1);
    }
    return box;
}

} // namespace tenken
