// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <pages/coveragebar.h>

#include <parts/badge.h>
#include <parts/type.h>

#include <QPainter>

#include <array>

namespace tenken {

namespace {

Text share(const Text &what, int count, int total)
{
    const QString percent = QString::number(total > 0 ? qRound(100.0 * count / total) : 0);
    return Text{"%1 %2 項目 · %3 %", "%1 %2 · %3 %"}.arg(what, count, percent);
}

} // namespace

CoverageBar::CoverageBar(QWidget *parent) : QWidget(parent)
{
    setFixedHeight(26);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void CoverageBar::setOutcome(const Outcome &outcome, Lang lang)
{
    m_machine = outcome.machineJudged;
    m_attested = outcome.attested;
    m_unknown = outcome.unknown;
    m_lang = lang;
    const Text words = Text{"機械が判定 %1、人の申告 %2、不明 %3", "%1 judged by machine, %2 attested, %3 unknown"}.arg(
        m_machine, m_attested, m_unknown);
    setAccessibleName(words.in(lang));
    setToolTip(words.in(lang));
    update();
}

void CoverageBar::paintEvent(QPaintEvent *)
{
    struct Part {
        int count;
        Text word;
        QColor fill, ink;
        bool hatched;
    };
    const Colours &c = coloursFor(palette());
    const int total = m_machine + m_attested + m_unknown;
    const std::array parts{
        Part{m_machine, {"機械が判定", "Judged by machine"}, c.barDeep, c.dark ? c.base : c.onAccent, false},
        Part{m_attested, {"人の申告", "Attested"}, c.barLight, c.dark ? c.onAccent : c.text, false},
        Part{m_unknown, {"不明", "Unknown"}, c.unknown.tint, c.unknown.text, true},
    };
    QPainter p(this);
    p.setFont(fontFor(Type::CaptionBold));
    if (total == 0) {
        p.fillRect(rect(), c.sunken);
        return;
    }
    const int used = int(std::ranges::count_if(parts, [](const Part &part) { return part.count > 0; }));
    qreal x = 0;
    const qreal free = width() - 2.0 * (used - 1);
    for (const Part &part : parts) {
        if (part.count == 0)
            continue;
        const QRectF box(x, 0, std::max(4.0, free * part.count / total), height());
        p.fillRect(box, part.fill);
        if (part.hatched)
            drawHatch(p, box, c.unknown.mark);
        const QString text = share(part.word, part.count, total).in(m_lang);
        const QSizeF size = p.fontMetrics().size(Qt::TextSingleLine, text);
        if (size.width() + 16 <= box.width()) {
            const QRectF label(box.left() + 8, box.top(), size.width() + 8, box.height());
            if (part.hatched)
                p.fillRect(label.adjusted(0, 5, 0, -5), part.fill);
            p.setPen(part.ink);
            p.drawText(label.adjusted(4, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft, text);
        }
        x = box.right() + 2;
    }
}

} // namespace tenken
