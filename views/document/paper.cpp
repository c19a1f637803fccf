// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <document/paper.h>

#include <evidence/evidence.h>

#include <QAbstractTextDocumentLayout>
#include <QRegularExpression>
#include <QTextBlock>
#include <QTextCursor>
#include <QUrl>

namespace tenken {

QStringList paperFamilies()
{
    return {QStringLiteral("Noto Sans"), QStringLiteral("Noto Sans CJK JP"), QStringLiteral("sans-serif")};
}

QFont paperFont(qreal points, bool bold, bool mono)
{
    QFont font;
    font.setFamilies(mono ? QStringList{QStringLiteral("Noto Sans Mono"), QStringLiteral("Noto Sans CJK JP"), QStringLiteral("monospace")}
                          : paperFamilies());
    font.setPixelSize(qRound(pt(points)));
    font.setWeight(bold ? QFont::DemiBold : QFont::Normal);
    font.setHintingPreference(QFont::PreferNoHinting);
    // Local forms and ligatures are glyphs that no character maps to: what they show cannot be searched or copied.
    font.setFeature("locl", 0);
    font.setFeature("liga", 0);
    font.setFeature("calt", 0);
    return font;
}

QString safeLink(const QString &url)
{
    const QUrl parsed(url.trimmed(), QUrl::StrictMode);
    if (!parsed.isValid() || parsed.host().isEmpty() || (parsed.scheme() != u"http" && parsed.scheme() != u"https"))
        return {};
    if (!parsed.password().isEmpty() || !parsed.userName().isEmpty())
        return {};
    QByteArray encoded = parsed.toEncoded(QUrl::FullyEncoded);
    encoded.replace('(', "%28").replace(')', "%29").replace('\\', "%5C");
    return QString::fromLatin1(encoded);
}

PaperText::PaperText(const QString &html, const QFont &font, qreal width, const QColor &ink, qreal leadingPoints)
    : m_document(std::make_shared<QTextDocument>()), m_ink(ink)
{
    m_document->setDocumentMargin(0);
    m_document->setDefaultFont(font);
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    option.setUseDesignMetrics(true);
    m_document->setDefaultTextOption(option);
    m_document->setDefaultStyleSheet(QStringLiteral("a { color: #2B4A8B; text-decoration: none; }"));
    m_document->setHtml(html);
    QTextBlockFormat spacing;
    spacing.setLineHeight(pt(leadingPoints), QTextBlockFormat::FixedHeight);
    QTextCursor all(m_document.get());
    all.select(QTextCursor::Document);
    all.mergeBlockFormat(spacing);
    m_document->setTextWidth(width);
    m_height = m_document->size().height();
}

qreal PaperText::idealWidth() const
{
    return m_document ? m_document->idealWidth() : 0;
}

void PaperText::draw(QPainter &p, QPointF at) const
{
    if (!m_document)
        return;
    QAbstractTextDocumentLayout::PaintContext context;
    context.palette.setColor(QPalette::Text, m_ink);
    p.save();
    p.translate(at);
    m_document->documentLayout()->draw(&p, context);
    p.restore();
}

QString paperHtml(const QString &text)
{
    QString clean = maskSecrets(text);
    for (QChar &c : clean) {
        if (turnsText(c))
            c = QChar::ReplacementCharacter;
        else if (c.category() == QChar::Other_Control && c != u'\n')
            c = u' ';
    }
    return clean.toHtmlEscaped().replace(u'\n', QStringLiteral("<br>"));
}

QString paperMarkup(const QString &text)
{
    static const QRegularExpression bold(QStringLiteral("\\*\\*(.+?)\\*\\*"));
    static const QRegularExpression code(QStringLiteral("`([^`]+)`"));
    QString html = paperHtml(text);
    html.replace(code, QStringLiteral("\\1"));
    html.replace(bold, QStringLiteral("<b>\\1</b>"));
    return html;
}

} // namespace tenken
