// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <items/coveragewords.h>
#include <parts/badge.h>
#include <parts/drawing.h>
#include <parts/subtraction.h>

namespace tenken
{

namespace
{

constexpr QChar minus(0x2212);

Glyph glyphOf(const SubtractionStep &step)
{
    return step.kind == SubtractionStep::Kind::Left && step.count == 0
        ? Glyph::Fail
        : tenken::glyphOf(verdictOf(step.reach));
}

/// The whole is the track; what is left stands from its beginning, what goes away behind that.
void drawTrack(Ink &ink, const QRectF &track, const SubtractionStep &step)
{
    const ToneColours &tone = toneOf(glyphOf(step), ink.c);
    ink.block(track, ink.c.sunken, 2);
    if (step.total <= 0)
        return;
    const qreal one = track.width() / step.total;
    const QRectF stays(track.left(), track.top(), one * step.after, track.height());
    const QRectF goes(stays.right(), track.top(), one * (step.before - step.after), track.height());
    switch (step.kind) {
    case SubtractionStep::Kind::All:
        ink.block(track, ink.c.barNeutral, 2);
        return;
    case SubtractionStep::Kind::Left:
        ink.block(stays, ink.c.pass.mark, 2);
        return;
    case SubtractionStep::Kind::Less:
        ink.block(stays, ink.c.barNeutral, 2);
        if (verdictOf(step.reach) == Verdict::Unknown)
            ink.hatched(goes, ink.c.unknown.tint, ink.c.unknown.mark);
        else
            ink.block(goes, tone.mark, 2);
        return;
    }
}

} // namespace

QString SubtractionStep::number() const
{
    return kind == Kind::All ? QString::number(count)
        : kind == Kind::Less ? minus + QString::number(count)
                             : QStringLiteral("= %1").arg(count);
}

Text SubtractionStep::words() const
{
    return kind == Kind::Less ? Text{"%1 %2 件を除く", "less %2 %1"}.arg(what, count)
                              : Text{"%1 %2 件", "%2 %1"}.arg(what, count);
}

std::vector<SubtractionStep> subtractionSteps(const Coverage &coverage)
{
    using Kind = SubtractionStep::Kind;
    const int total = int(ownCount(coverage));
    std::vector<SubtractionStep> steps{{Kind::All,
                                        Reach::Someone,
                                        total,
                                        total,
                                        total,
                                        total,
                                        {"サービスの監視", "monitors of the service"}}};
    int left = total;
    for (const Subtraction &s : coverage.steps) {
        const int count = int(s.monitors.size());
        if (s.why == Reach::Someone) {
            steps.push_back({Kind::Left, s.why, count, count, count, total, s.what});
            continue;
        }
        steps.push_back({Kind::Less, s.why, count, left, left - count, total, s.what});
        left -= count;
    }
    return steps;
}

void drawSubtractionStep(QPainter &p, const QRectF &box, const SubtractionStep &step,
                         const PictureStyle &style)
{
    Ink ink(p, style);
    const bool all = step.kind == SubtractionStep::Kind::All;
    const QColor colour = all ? ink.c.text : toneOf(glyphOf(step), ink.c).text;
    ink.text({box.left(), box.top(), box.width(), ink.u(32)}, Qt::AlignLeft | Qt::AlignVCenter, step.number(),
             Type::KeyFigure, colour);
    qreal left = box.left();
    const qreal line = box.top() + ink.u(34);
    if (!all) {
        drawGlyph(p, QRectF(left, line + ink.u(2), ink.u(13), ink.u(13)), glyphOf(step), ink.c);
        left += ink.u(18);
    }
    ink.text({left, line, box.right() - left, ink.u(17)}, Qt::AlignLeft | Qt::AlignVCenter,
             ink.elided(ink.in(step.what), Type::Caption, box.right() - left), Type::Caption, ink.c.text2);
    drawTrack(ink, {box.left(), box.top() + ink.u(58), box.width(), ink.u(8)}, step);
}

} // namespace tenken
