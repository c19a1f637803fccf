// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <parts/colours.h>

#include <cmath>

namespace tenken {

namespace {

QColor hex(QRgb rgb) { return QColor(QRgb(0xff000000 | rgb)); }

// The tables of resources/design.md, in its order. Opaque throughout: transparency breaks archival PDF.
Colours makeLight()
{
    Colours c;
    c.window = hex(0xF3F4F1);
    c.base = hex(0xFFFFFF);
    c.alt = hex(0xF8F9F6);
    c.sunken = hex(0xE9EBE6);
    c.line = hex(0xD6DAD3);
    c.border = hex(0x858D87);
    c.text = hex(0x1A1E22);
    c.text2 = hex(0x454D55);
    c.text3 = hex(0x5F676F);
    c.accent = hex(0x2B4A8B);
    c.onAccent = hex(0xFFFFFF);
    c.selection = hex(0xE4EAF6);
    c.markNeutral = hex(0xFFF3C9);
    c.markFail = hex(0xFBE8E3);
    c.pass = {hex(0x0A6652), hex(0xE1F1EB), hex(0x3A9C86), hex(0x0A6652), hex(0xFFFFFF)};
    c.warn = {hex(0x7F4B00), hex(0xFBEED3), hex(0xBC7D0B), hex(0x7F4B00), hex(0xFFFFFF)};
    c.fail = {hex(0xAD2A17), hex(0xFBE8E3), hex(0xAD2A17), hex(0xAD2A17), hex(0xFFFFFF)};
    c.unknown = {hex(0x4E5563), hex(0xEEEFF2), hex(0x868E9B), hex(0x4E5563), hex(0xFFFFFF)};
    c.notApplicable = {hex(0x626A72), hex(0xF8F9F6), hex(0xC9CDC8), hex(0x626A72), hex(0xFFFFFF)};
    c.ask = {c.accent, c.selection, c.accent, c.accent, c.onAccent};
    c.open = {c.text3, c.alt, c.border, c.text3, hex(0xFFFFFF)};
    c.keyword = hex(0x1F4F8F);
    c.string = hex(0x1D5C3C);
    c.number = hex(0x8A3B00);
    c.comment = hex(0x616A63);
    c.grid = hex(0xE3E6E0);
    c.axis = hex(0x858D87);
    c.p50 = hex(0x7890C8);
    c.p95 = hex(0x4166B2);
    c.p99 = hex(0x1F3A75);
    c.reference = hex(0x7E8890);
    c.beyond = hex(0xFDF2F0);
    c.confidenceBand = hex(0xD0D8EC);
    c.barNeutral = hex(0xC9CDC8);
    c.barLight = c.p50;
    c.barStrong = c.p95;
    c.barDeep = c.p99;
    return c;
}

Colours makeDark()
{
    Colours c;
    c.dark = true;
    c.window = hex(0x15181C);
    c.base = hex(0x1B1F24);
    c.alt = hex(0x20252B);
    c.sunken = hex(0x101316);
    c.line = hex(0x343B43);
    c.border = hex(0x737C86);
    c.text = hex(0xE8EBEE);
    c.text2 = hex(0xB9C0C8);
    c.text3 = hex(0x98A0A9);
    c.accent = hex(0x9DB8F2);
    c.onAccent = hex(0x101A30);
    c.selection = hex(0x26344F);
    c.markNeutral = hex(0x3A3518);
    c.markFail = hex(0x3D1D17);
    c.pass = {hex(0x63CDB1), hex(0x17312A), hex(0x2F9079), hex(0x63CDB1), hex(0x08211A)};
    c.warn = {hex(0xEFBD62), hex(0x372B14), hex(0xD9A23A), hex(0xEFBD62), hex(0x231701)};
    c.fail = {hex(0xFF9B87), hex(0x3D1D17), hex(0xF4816B), hex(0xF4816B), hex(0x1C0804)};
    c.unknown = {hex(0xB6BDC8), hex(0x2A2F37), hex(0x7F8894), hex(0xB6BDC8), hex(0x15181C)};
    c.notApplicable = {hex(0x969EA7), hex(0x20252B), hex(0x464D55), hex(0x969EA7), hex(0x15181C)};
    c.ask = {c.accent, c.selection, c.accent, c.accent, c.onAccent};
    c.open = {c.text3, c.alt, c.border, c.text3, hex(0x15181C)};
    c.keyword = hex(0x9DB8F2);
    c.string = hex(0x8FD3A8);
    c.number = hex(0xF0B27A);
    c.comment = hex(0x9BA49F);
    c.grid = hex(0x2A3037);
    c.axis = hex(0x737C86);
    c.p50 = hex(0x56709F);
    c.p95 = hex(0x8DACEE);
    c.p99 = hex(0xDCE6FF);
    c.reference = hex(0x8D959E);
    c.beyond = hex(0x2E1E1D);
    c.confidenceBand = hex(0x303B4F);
    c.barNeutral = hex(0x464D55);
    c.barLight = c.p50;
    c.barStrong = c.p95;
    c.barDeep = c.p99;
    return c;
}

qreal luminance(const QColor &c)
{
    const auto linear = [](qreal v) { return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4); };
    return 0.2126 * linear(c.redF()) + 0.7152 * linear(c.greenF()) + 0.0722 * linear(c.blueF());
}

} // namespace

const Colours &lightColours()
{
    static const Colours colours = makeLight();
    return colours;
}

const Colours &darkColours()
{
    static const Colours colours = makeDark();
    return colours;
}

const Colours &coloursFor(const QPalette &palette)
{
    return palette.color(QPalette::Base).lightnessF() < 0.5 ? darkColours() : lightColours();
}

QPalette paletteFor(const Colours &c)
{
    QPalette p;
    const auto set = [&p](std::initializer_list<QPalette::ColorRole> roles, const QColor &colour) {
        for (const QPalette::ColorRole role : roles)
            p.setColor(role, colour);
    };
    using P = QPalette;
    set({P::Window, P::Button}, c.window);
    set({P::Base}, c.base);
    set({P::AlternateBase}, c.alt);
    set({P::Mid, P::Midlight, P::Light}, c.line);
    set({P::Dark}, c.border);
    set({P::Shadow}, c.line);
    set({P::Text, P::WindowText, P::ButtonText, P::HighlightedText, P::BrightText}, c.text);
    set({P::PlaceholderText}, c.text3);
    set({P::Accent, P::Link, P::LinkVisited}, c.accent);
    set({P::Highlight}, c.selection);
    set({P::ToolTipBase}, c.alt);
    set({P::ToolTipText}, c.text);
    for (const P::ColorRole role : {P::Text, P::WindowText, P::ButtonText, P::HighlightedText})
        p.setColor(P::Disabled, role, c.text3);
    p.setColor(P::Disabled, P::Accent, c.border);
    return p;
}

qreal contrast(const QColor &a, const QColor &b)
{
    const qreal la = luminance(a), lb = luminance(b);
    return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

QColor inkOn(const QColor &ground, const Colours &c)
{
    const QColor light = hex(0xFFFFFF);
    const QColor dark = c.dark ? c.fail.onFill : c.text;
    return contrast(ground, dark) >= contrast(ground, light) ? dark : light;
}

} // namespace tenken
