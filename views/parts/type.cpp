// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <parts/type.h>

#include <QApplication>

#include <algorithm>

namespace tenken {

namespace {

constexpr qreal smallestBody = 10.5;

struct Role {
    qreal points;  ///< with a body of 10.5 pt
    bool bold;
    bool mono;
};

Role roleOf(Type role)
{
    switch (role) {
    case Type::Decision: return {30, true, false};
    case Type::KeyFigure: return {21, true, false};
    case Type::Question: return {15, true, false};
    case Type::CardVerdict: return {15, true, false};
    case Type::Title: return {12, true, false};
    case Type::Body: return {10.5, false, false};
    case Type::BodyBold: return {10.5, true, false};
    case Type::Code: return {9.75, false, true};
    case Type::Caption: return {9, false, false};
    case Type::CaptionBold: return {9, true, false};
    }
    return {10.5, false, false};
}

QStringList textFamilies()
{
    return {QStringLiteral("Noto Sans"), QStringLiteral("Noto Sans CJK JP"), QStringLiteral("sans-serif")};
}

QStringList codeFamilies()
{
    return {QStringLiteral("JetBrains Mono"), QStringLiteral("Noto Sans Mono"), QStringLiteral("Noto Sans CJK JP"),
            QStringLiteral("monospace")};
}

QFont make(const Role &role, const QStringList &families)
{
    QFont font;
    font.setFamilies(!families.isEmpty() ? families : role.mono ? codeFamilies() : textFamilies());
    font.setWeight(role.bold ? QFont::DemiBold : QFont::Normal);
    font.setItalic(false);
    // On paper: local forms and ligatures are glyphs that no character maps to, so that what they show could be
    // neither searched nor copied.
    if (!families.isEmpty()) {
        font.setFeature("locl", 0);
        font.setFeature("liga", 0);
        font.setFeature("calt", 0);
    }
    if (role.mono) { // "!=" and "->" must look as they are written
        font.setStyleHint(QFont::Monospace);
        font.setFeature("liga", 0);
        font.setFeature("calt", 0);
    }
    return font;
}

qreal bodyPoints()
{
    const qreal system = QApplication::font().pointSizeF();
    return std::max(smallestBody, system);
}

} // namespace

QFont fontFor(Type role) { return fontFor(role, bodyPoints()); }

QFont fontFor(Type role, qreal body)
{
    const Role r = roleOf(role);
    QFont font = make(r, {});
    font.setPointSizeF(r.points * body / smallestBody);
    return font;
}

qreal unitsOf(Type role) { return roleOf(role).points * 96 / 72; }

QFont unitFontFor(Type role, qreal scale, const QStringList &families)
{
    const Role r = roleOf(role);
    QFont font = make(r, r.mono ? QStringList() : families);
    font.setPixelSize(std::max(1, qRound(unitsOf(role) * scale)));
    return font;
}

void useTenkenFont() { QApplication::setFont(fontFor(Type::Body)); }

} // namespace tenken
