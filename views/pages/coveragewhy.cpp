// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <pages/coveragewhy.h>

#include <items/coveragewords.h>
#include <pages/label.h>
#include <parts/badge.h>

#include <QVBoxLayout>

#include <algorithm>

namespace tenken
{

namespace
{

/// "monitors.json:41", with what it says.
QString reasonHtml(const CoverageReason &reason, const Colours &c, Lang lang)
{
    QString place = reason.file.section(u'/', -1);
    if (!place.isEmpty() && reason.span.isValid())
        place += QStringLiteral(":%1").arg(reason.span.line);
    return QStringLiteral("<p style=\"margin:0 0 4px 0\">%1 <span style=\"color:%2\">%3</span></p>")
        .arg(markup(maskSecrets(visible(reason.text.in(lang)))), c.text3.name(), place.toHtmlEscaped());
}

} // namespace

CoverageWhy::CoverageWhy(Lang lang)
    : m_lang(lang),
      m_why(new Label(Type::Body))
{
    m_why->setTextFormat(Qt::RichText);
    m_why->setWrapped();
    m_why->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard
                                   | Qt::LinksAccessibleByKeyboard | Qt::LinksAccessibleByMouse);
    m_why->setAccessibleName(in({"その理由", "Why"}));
    body()->addWidget(m_why);
    body()->addStretch(1);
    setMinimumHeight(128); // a reason and the way to the item
    connect(m_why, &QLabel::linkActivated, this, [this](const QString &item) { emit itemRequested(item); });
}

void CoverageWhy::show(const NeedCoverage &need, bool hasItem)
{
    const Colours &c = coloursFor(palette());
    setTitle(in(need.need.name), in(label(need.answer)));
    setEdge(need.answer == CoverageAnswer::NotFound     ? c.fail.mark
                : need.answer == CoverageAnswer::Partly ? c.warn.mark
                                                        : QColor());
    QString html;
    for (size_t i = 0; i < std::min<size_t>(need.reasons.size(), 4); ++i)
        html += reasonHtml(need.reasons[i], c, m_lang);
    if (need.reasons.size() > 4)
        html += QStringLiteral("<p style=\"margin:0\">%1</p>")
                    .arg(in(Text{"ほか %1 件", "%1 more"}.arg(need.reasons.size() - 4)));
    if (hasItem) {
        html +=
            QStringLiteral("<p style=\"margin:4px 0 0 0\"><a style=\"color:%1\" href=\"%2\">%3</a></p>")
                .arg(c.accent.name(), need.need.item.toHtmlEscaped(), in({"項目を開く", "Open the item"}));
    }
    m_why->setText(html);
}

} // namespace tenken
