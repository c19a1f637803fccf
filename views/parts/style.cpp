// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <parts/style.h>

#include <parts/stylepaint.h>
#include <parts/type.h>

#include <QAbstractButton>
#include <QAbstractScrollArea>
#include <QApplication>
#include <QComboBox>
#include <QLineEdit>
#include <QPainter>
#include <QScrollArea>
#include <QStyleOption>
#include <QToolTip>

#include <algorithm>

namespace tenken {

namespace {

constexpr int controlHeight = 28, barExtent = 12;
const char primaryProperty[] = "tenkenPrimary";

/// What lies under a scroll bar: the ground of what it scrolls.
QColor groundOf(const QWidget *bar, const QPalette &palette)
{
    for (const QWidget *w = bar; w; w = w->parentWidget())
        if (const auto *area = qobject_cast<const QAbstractScrollArea *>(w)) {
            const auto *scroll = qobject_cast<const QScrollArea *>(area);
            const QWidget *seen = scroll && scroll->widget() ? scroll->widget() : area->viewport();
            return seen->palette().color(seen->backgroundRole());
        }
    return palette.color(QPalette::Base);
}

/// A field inside a combo box or a spin box has no frame of its own.
bool isInsideControl(const QWidget *widget)
{
    return widget && (qobject_cast<const QComboBox *>(widget->parentWidget())
                      || (widget->parentWidget() && widget->parentWidget()->inherits("QAbstractSpinBox")));
}

} // namespace

TenkenStyle::TenkenStyle() : QProxyStyle(QStringLiteral("Fusion")) { }

void TenkenStyle::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                                const QWidget *widget) const
{
    const Colours &c = coloursFor(option->palette);
    switch (element) {
    case PE_FrameFocusRect: return drawFocus(*painter, option->rect, c);
    case PE_PanelButtonCommand: return stylepaint::button(*painter, *option, isPrimary(widget), c);
    case PE_PanelButtonTool: return stylepaint::toolButton(*painter, *option, c);
    case PE_IndicatorCheckBox:
    case PE_IndicatorItemViewItemCheck: return stylepaint::checkBox(*painter, *option, c);
    case PE_IndicatorRadioButton: return stylepaint::radioButton(*painter, *option, c);
    case PE_IndicatorBranch: return stylepaint::branch(*painter, *option, c);
    case PE_PanelLineEdit:
        return isInsideControl(widget) ? void() : stylepaint::field(*painter, *option, c);
    case PE_PanelItemViewRow:
    case PE_PanelItemViewItem:
        if (const auto *row = qstyleoption_cast<const QStyleOptionViewItem *>(option))
            stylepaint::row(*painter, *row, element == PE_PanelItemViewRow, c);
        return;
    case PE_Frame:
    case PE_FrameMenu:
    case PE_FrameGroupBox: return stylepaint::frame(*painter, option->rect, {}, c.line);
    case PE_PanelTipLabel: return stylepaint::frame(*painter, option->rect, c.alt, c.border);
    case PE_FrameTabBarBase:
    case PE_FrameStatusBarItem:
    case PE_FrameButtonBevel:
    case PE_FrameLineEdit: return;
    case PE_PanelStatusBar: return painter->fillRect(QRect(option->rect.topLeft(), QSize(option->rect.width(), 1)), c.line);
    default: QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void TenkenStyle::drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                              const QWidget *widget) const
{
    const Colours &c = coloursFor(option->palette);
    switch (element) {
    case CE_PushButtonLabel:
        if (const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option))
            return stylepaint::buttonLabel(*painter, *button, isPrimary(widget), c);
        break;
    case CE_PushButtonBevel:
        if (const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option)) {
            QStyleOptionButton plain = *button; // the label draws the arrow
            plain.features.setFlag(QStyleOptionButton::HasMenu, false);
            return QProxyStyle::drawControl(element, &plain, painter, widget);
        }
        break;
    case CE_MenuBarItem:
        if (const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option))
            return stylepaint::menuBarItem(*painter, *item, c);
        break;
    case CE_HeaderSection:
        if (const auto *header = qstyleoption_cast<const QStyleOptionHeader *>(option))
            return stylepaint::header(*painter, *header, c);
        break;
    case CE_HeaderEmptyArea: return painter->fillRect(option->rect, c.window);
    case CE_TabBarTabShape:
        if (const auto *tab = qstyleoption_cast<const QStyleOptionTab *>(option))
            return stylepaint::tab(*painter, *tab, c);
        break;
    case CE_TabBarTabLabel:
        if (const auto *tab = qstyleoption_cast<const QStyleOptionTab *>(option)) {
            QStyleOptionTab plain = *tab; // the focus frame is drawn with the shape
            plain.state &= ~State_HasFocus;
            plain.palette.setColor(QPalette::WindowText, tab->state & State_Selected ? c.accent : c.text2);
            return QProxyStyle::drawControl(element, &plain, painter, widget);
        }
        break;
    case CE_Splitter: return stylepaint::splitter(*painter, *option, c);
    case CE_ProgressBarGroove: return stylepaint::progressGroove(*painter, option->rect, c);
    case CE_ProgressBarContents:
        if (const auto *bar = qstyleoption_cast<const QStyleOptionProgressBar *>(option))
            return stylepaint::progressBar(*painter, *bar, c);
        break;
    case CE_ToolBar:
    case CE_MenuBarEmptyArea: return painter->fillRect(option->rect, c.window);
    default: break;
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

void TenkenStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter,
                                     const QWidget *widget) const
{
    const Colours &c = coloursFor(option->palette);
    if (const auto *combo = qstyleoption_cast<const QStyleOptionComboBox *>(option); combo && control == CC_ComboBox)
        return stylepaint::comboBox(*painter, *combo, c);
    if (const auto *bar = qstyleoption_cast<const QStyleOptionSlider *>(option); bar && control == CC_ScrollBar)
        return stylepaint::scrollBar(*painter, *bar, subControlRect(control, option, SC_ScrollBarSlider, widget),
                                     groundOf(widget, option->palette), c);
    QProxyStyle::drawComplexControl(control, option, painter, widget);
}

QRect TenkenStyle::subControlRect(ComplexControl control, const QStyleOptionComplex *option, SubControl part,
                                  const QWidget *widget) const
{
    const auto *bar = qstyleoption_cast<const QStyleOptionSlider *>(option);
    if (control != CC_ScrollBar || !bar)
        return QProxyStyle::subControlRect(control, option, part, widget);
    // No arrows: the slider has the whole length.
    const bool across = bar->orientation == Qt::Horizontal;
    const int length = across ? bar->rect.width() : bar->rect.height();
    const qint64 range = qint64(bar->maximum) - bar->minimum, all = range + bar->pageStep;
    const int slider = range > 0 && all > 0 ? std::max(32, int(qint64(length) * bar->pageStep / all)) : length;
    const int at = sliderPositionFromValue(bar->minimum, bar->maximum, bar->sliderPosition, length - slider, bar->upsideDown);
    const auto piece = [&](int from, int to) {
        return across ? QRect(bar->rect.left() + from, bar->rect.top(), to - from, bar->rect.height())
                      : QRect(bar->rect.left(), bar->rect.top() + from, bar->rect.width(), to - from);
    };
    switch (part) {
    case SC_ScrollBarSlider: return piece(at, at + slider);
    case SC_ScrollBarGroove: return bar->rect;
    case SC_ScrollBarSubPage: return piece(0, at);
    case SC_ScrollBarAddPage: return piece(at + slider, length);
    default: return {};
    }
}

QRect TenkenStyle::subElementRect(SubElement element, const QStyleOption *option, const QWidget *widget) const
{
    if (element == SE_PushButtonFocusRect || element == SE_ItemViewItemFocusRect)
        return option->rect;
    if (element == SE_LineEditContents && !isInsideControl(widget))
        return option->rect.adjusted(6, 2, -6, -2);
    return QProxyStyle::subElementRect(element, option, widget);
}

int TenkenStyle::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    switch (metric) {
    case PM_ScrollBarExtent: return barExtent;
    case PM_SplitterWidth: return 9;
    case PM_DefaultFrameWidth: return 1;
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight:
    case PM_SmallIconSize:
    case PM_ButtonIconSize: return 16;
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical:
    case PM_TabBarTabShiftVertical:
    case PM_TabBarTabShiftHorizontal:
    case PM_TabBarTabOverlap:
    case PM_ToolBarFrameWidth:
    case PM_MenuBarPanelWidth: return 0;
    case PM_HeaderMargin: return 6;
    case PM_TabBarTabHSpace: return widget && widget->property("tight").toBool() ? 18 : 32;
    case PM_TabBarTabVSpace: return 16;
    case PM_LayoutHorizontalSpacing:
    case PM_LayoutVerticalSpacing: return 8;
    default: return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

QSize TenkenStyle::sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &contents,
                                    const QWidget *widget) const
{
    switch (type) {
    case CT_PushButton: {
        const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option);
        const int iconGap = button && !button->icon.isNull() ? 4 : 0;
        const int arrow = button && button->features.testFlag(QStyleOptionButton::HasMenu) ? 20 : 0;
        return {contents.width() + 24 + iconGap + arrow, std::max(controlHeight, contents.height() + 6)};
    }
    case CT_ToolButton: {
        const QSize size = QProxyStyle::sizeFromContents(type, option, contents, widget);
        return {std::max(controlHeight, size.width()), std::max(controlHeight, size.height())};
    }
    case CT_ComboBox: return {contents.width() + 44, std::max(controlHeight, contents.height() + 6)};
    case CT_LineEdit: return {contents.width() + 16, std::max(controlHeight, contents.height() + 6)};
    case CT_SpinBox: {
        const QSize size = QProxyStyle::sizeFromContents(type, option, contents, widget);
        return {size.width(), std::max(controlHeight, size.height())};
    }
    default: return QProxyStyle::sizeFromContents(type, option, contents, widget);
    }
}

int TenkenStyle::styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                           QStyleHintReturn *returnData) const
{
    switch (hint) {
    case SH_EtchDisabledText:
    case SH_DitherDisabledText:
    case SH_UnderlineShortcut:
    case SH_ComboBox_Popup:
    case SH_ScrollBar_Transient:
    case SH_Widget_Animation_Duration: return 0;
    case SH_ItemView_ShowDecorationSelected:
    case SH_ScrollBar_LeftClickAbsolutePosition: return 1;
    default: return QProxyStyle::styleHint(hint, option, widget, returnData);
    }
}

void useTenkenLook(bool dark)
{
    if (!qobject_cast<TenkenStyle *>(QApplication::style()))
        QApplication::setStyle(new TenkenStyle);
    useTenkenFont();
    const QPalette palette = paletteFor(dark ? darkColours() : lightColours());
    QApplication::setPalette(palette);
    QToolTip::setPalette(palette);
    QToolTip::setFont(fontFor(Type::Caption));
}

void setPrimary(QAbstractButton *button, bool primary)
{
    button->setProperty(primaryProperty, primary);
    QFont font = button->font();
    font.setWeight(primary ? QFont::DemiBold : QFont::Normal);
    button->setFont(font);
    button->update();
}

bool isPrimary(const QWidget *button) { return button && button->property(primaryProperty).toBool(); }

void drawSelection(QPainter &p, const QRect &row, const Colours &c)
{
    p.fillRect(row, c.selection);
    p.fillRect(QRect(row.topLeft(), QSize(3, row.height())), c.accent);
}

void drawFocus(QPainter &p, const QRectF &box, const Colours &c)
{
    p.save();
    p.setRenderHint(QPainter::Antialiasing);
    p.setPen(QPen(c.accent, 2));
    p.setBrush(Qt::NoBrush);
    p.drawRoundedRect(box.adjusted(1, 1, -1, -1), 4, 4);
    p.restore();
}

} // namespace tenken
