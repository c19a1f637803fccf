// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <meeting/evidencescreen.h>

#include <meeting/itemstage.h>
#include <pages/label.h>
#include <pages/localtext.h>
#include <parts/sourceview.h>

#include <QAbstractScrollArea>
#include <QScrollBar>

#include <algorithm>

namespace tenken {

namespace {

using S = MeetingScale;

constexpr qreal headHeight = 72, gap = 24, inset = 20;

const std::vector<Finding> &findingsOf(const MeetingRoom &room)
{
    static const std::vector<Finding> none;
    const ItemStanding *standing = room.current();
    return standing && standing->result ? standing->result->findings : none;
}

bool hasPicture(const Finding &f) { return f.picture && isDrawable(*f.picture); }

QString block(const Text &name, const QString &html, Lang lang)
{
    return html.isEmpty() ? QString() : QStringLiteral("<p><b>%1</b><br>%2</p>").arg(name.in(lang).toHtmlEscaped(), html);
}

/// Large letters leave no room for the indentation that a file needs.
QString dedented(const QString &snippet)
{
    QStringList lines = snippet.split(u'\n');
    qsizetype least = snippet.size();
    for (const QString &line : lines) {
        if (!line.trimmed().isEmpty())
            least = std::min(least, line.size() - line.trimmed().size());
    }
    for (QString &line : lines)
        line = line.mid(std::min(least, line.size()));
    return lines.join(u'\n');
}

template<typename Kind>
QString answerBlock(const Text &name, const Answer<Kind> &answer, Lang lang)
{
    QString html = (answer.answer == Kind::Open ? Text{"未回答", "Open"} : label(answer.answer)).in(lang).toHtmlEscaped();
    if (!answer.by.isEmpty())
        html += QStringLiteral(" — %1 %2").arg(answer.by.toHtmlEscaped(), answer.at.toString(QStringLiteral("yyyy-MM-dd HH:mm")));
    if (!answer.note.isEmpty())
        html += QStringLiteral("<br>") + markup(maskSecrets(answer.note));
    for (const QString &link : answer.links)
        html += QStringLiteral("<br>") + maskSecrets(link).toHtmlEscaped();
    return block(name, html, lang);
}

} // namespace

void lookAsMeetingText(LocalTextBrowser &browser, const MeetingScale &scale)
{
    browser.setFont(scale.font(S::small));
    browser.document()->setDefaultFont(scale.font(S::small));
    browser.document()->setDocumentMargin(scale.px(20));
    browser.document()->setDefaultStyleSheet(QStringLiteral("code, pre { font-family: 'JetBrains Mono', 'Noto Sans Mono', 'Noto Sans CJK JP', monospace; }"));
}

bool scrollByKey(QWidget &area, int key)
{
    auto *scrolled = qobject_cast<QAbstractScrollArea *>(&area);
    if (!scrolled)
        scrolled = area.findChild<QAbstractScrollArea *>();
    if (!scrolled)
        return false;
    QScrollBar *bar = scrolled->verticalScrollBar();
    switch (key) {
    case Qt::Key_Down: bar->triggerAction(QAbstractSlider::SliderSingleStepAdd); return true;
    case Qt::Key_Up: bar->triggerAction(QAbstractSlider::SliderSingleStepSub); return true;
    case Qt::Key_PageDown:
    case Qt::Key_Space: bar->triggerAction(QAbstractSlider::SliderPageStepAdd); return true;
    case Qt::Key_PageUp: bar->triggerAction(QAbstractSlider::SliderPageStepSub); return true;
    case Qt::Key_Home: bar->triggerAction(QAbstractSlider::SliderToMinimum); return true;
    case Qt::Key_End: bar->triggerAction(QAbstractSlider::SliderToMaximum); return true;
    default: return false;
    }
}

EvidenceScreen::EvidenceScreen(const Session &session, const MeetingRoom &room, QWidget *parent)
    : MeetingScreen(session, room, parent), m_source(new SourceView(this)), m_text(new LocalTextBrowser(this))
{
    m_source->setHeaderShown(false);
    m_text->setFrameShape(QFrame::NoFrame);
    for (QWidget *part : findChildren<QWidget *>())
        part->setFocusPolicy(Qt::NoFocus); // the window keeps the keys
}

int EvidenceScreen::pageCount() const { return int(findingsOf(m_room).size()) + 1; }

const Finding *EvidenceScreen::finding() const
{
    const auto &findings = findingsOf(m_room);
    return m_page < int(findings.size()) ? &findings[size_t(m_page)] : nullptr;
}

void EvidenceScreen::open()
{
    const ItemStanding *standing = m_room.current();
    const Finding *decisive = standing ? decisiveFinding(*standing) : nullptr;
    m_page = decisive ? int(decisive - findingsOf(m_room).data()) : 0;
    fill();
}

void EvidenceScreen::refreshed()
{
    m_source->setLanguage(m_lang);
    fill();
}

bool EvidenceScreen::key(int key)
{
    const int by = key == Qt::Key_BracketRight || key == Qt::Key_Right ? 1 : key == Qt::Key_BracketLeft || key == Qt::Key_Left ? -1 : 0;
    if (by != 0) {
        m_page = std::clamp(m_page + by, 0, pageCount() - 1);
        fill();
        return true;
    }
    return scrollByKey(m_source->isVisible() ? static_cast<QWidget &>(*m_source) : *m_text, key);
}

EvidenceScreen::Places EvidenceScreen::places() const
{
    Places l;
    const QRectF box = inner();
    l.head = {box.left(), box.top() - m_scale.px(8), box.width(), m_scale.px(headHeight)};
    const QRectF rest(box.left(), l.head.bottom() + m_scale.px(12), box.width(), box.bottom() - l.head.bottom() - m_scale.px(12));
    const Finding *f = finding();
    const bool picture = f && hasPicture(*f), source = f && hasSource(m_session, *f);
    if (!picture && !source) {
        l.text = rest;
        return l;
    }
    const qreal left = rest.width() * 0.64, half = rest.height() * 0.56;
    if (picture)
        l.picture = {rest.left(), rest.top(), left, source ? half : rest.height()};
    if (source) {
        const qreal top = picture ? rest.top() + half + m_scale.px(gap) : rest.top();
        l.source = {rest.left(), top, left, rest.bottom() - top};
    }
    l.text = {rest.left() + left + m_scale.px(gap), rest.top(), rest.width() - left - m_scale.px(gap), rest.height()};
    return l;
}

QString EvidenceScreen::findingWords(const Finding &f) const
{
    const auto in = [&](const Text &text) { return markup(maskSecrets(text.in(m_lang))); };
    QString html;
    if (!f.measured.isEmpty())
        html += block({"測定と基準", "Measured, wanted"}, in(f.measured) + (f.wanted.isEmpty() ? QString() : QStringLiteral(" / ") + in(f.wanted)), m_lang);
    html += block({"理由", "Why"}, in(f.reason), m_lang);
    if (f.verdict != Verdict::Pass)
        html += block({"直し方", "Remedy"}, in(f.remedy), m_lang);
    if (!f.snippet.isEmpty())
        html += QStringLiteral("<pre style=\"white-space: pre-wrap\">%1</pre>").arg(dedented(maskSecrets(f.snippet)).toHtmlEscaped());
    QStringList about;
    for (const QString &part : {f.object, f.container, f.rule}) {
        if (!part.isEmpty())
            about.append(part.toHtmlEscaped());
    }
    html += block({"対象", "About"}, about.join(QStringLiteral(" · ")), m_lang);
    if (f.waived)
        html += block({"免除", "Waived"}, Text{"%1(%2 が承認、%3 まで)", "%1 (approved by %2, until %3)"}.arg(
            f.waived->reason.toHtmlEscaped(), f.waived->approver.toHtmlEscaped(), f.waived->expires.toString(Qt::ISODate)).in(m_lang), m_lang);
    return html;
}

QString EvidenceScreen::answerWords() const
{
    const ItemStanding *standing = m_room.current();
    if (!standing)
        return {};
    QString html;
    if (standing->review) {
        html += answerBlock({"チーム", "Team"}, standing->review->team, m_lang) + answerBlock({"レビュアー", "Reviewer"}, standing->review->reviewer, m_lang);
        for (const Waiver &w : standing->review->waivers)
            html += block({"免除", "Waiver"}, maskSecrets(Text{"%1 まで、承認 %2、申請 %3。理由: %4。代替策: %5", "until %1, approved by %2, requested by %3. Reason: %4. Control: %5"}.arg(
                w.expires.toString(Qt::ISODate), w.approver, w.requester, w.reason, w.control).in(m_lang)).toHtmlEscaped(), m_lang);
        for (const Action &a : standing->review->actions)
            html += block({"対応", "Action"}, maskSecrets(QStringLiteral("%1 — %2 %3").arg(a.text, a.owner, a.due.toString(Qt::ISODate))).toHtmlEscaped(), m_lang);
    }
    html += block({"項目の判定", "The item"}, markup(maskSecrets(standing->why.in(m_lang))), m_lang);
    html += block({"指針", "What good looks like"}, markup(standing->item->guidance.in(m_lang)), m_lang);
    html += block({"添えるもの", "What to attach"}, markup(standing->item->evidence.in(m_lang)), m_lang);
    return html;
}

void EvidenceScreen::fill()
{
    m_page = std::clamp(m_page, 0, pageCount() - 1);
    const Places l = places();
    const Finding *f = finding();
    m_source->setVisible(!l.source.isEmpty());
    if (!l.source.isEmpty()) {
        m_source->setScale(S::small * m_scale.unit * m_scale.zoom);
        m_source->setGeometry(l.source.adjusted(m_scale.px(4), m_scale.px(48), -m_scale.px(4), -m_scale.px(6)).toAlignedRect());
        showSource(*m_source, m_session, *f);
    }
    lookAsMeetingText(*m_text, m_scale);
    m_text->setGeometry(l.text.adjusted(m_scale.px(2), m_scale.px(2), -m_scale.px(2), -m_scale.px(2)).toAlignedRect());
    const auto *message = f && f->picture ? std::get_if<MessagePicture>(f->picture.get()) : nullptr;
    const auto *guide = f && f->picture ? std::get_if<DocumentPicture>(f->picture.get()) : nullptr;
    QString html = f ? findingWords(*f) : answerWords();
    if (message)
        html += block({"アラート時の文面", "As it reads on alert"}, markup(maskSecrets(message->onAlert)), m_lang);
    m_text->setHtml(html);
    if (guide) {
        m_text->document()->setMarkdown(maskSecrets(guide->document.text), QTextDocument::MarkdownNoHTML);
        scrollToHeading(*m_text, guide->anchor);
    }
    setAccessibleName(Text{"証拠 %1 / %2", "Evidence %1 / %2"}.arg(m_page + 1, pageCount()).in(m_lang));
    setAccessibleDescription(m_text->toPlainText());
    update();
}

void EvidenceScreen::resizeEvent(QResizeEvent *) { fill(); }

void EvidenceScreen::draw(Sheet &sheet)
{
    const Places l = places();
    const Finding *f = finding();
    qreal x = l.head.left();
    const qreal side = sheet.u(44);
    if (f) {
        drawGlyph(sheet.p, {x, l.head.center().y() - side / 2, side, side}, glyphOf(f->verdict), sheet.c);
        x += side + sheet.u(16);
    }
    const QString place = sheet.in(Text{"%1 / %2", "%1 of %2"}.arg(m_page + 1, pageCount()));
    const QFont small = sheet.s.font(S::small);
    const qreal right = sheet.line(l.head, place, small, sheet.c.text2, Qt::AlignRight) + sheet.u(24);
    const QString title = f ? f->title.in(m_lang) : m_room.current() ? m_room.current()->item->title.in(m_lang) : QString();
    sheet.fitted({x, l.head.top() + sheet.u(8), l.head.right() - right - x, l.head.height()}, title, {44, S::body, S::small}, sheet.c.text, true);
    if (!l.picture.isEmpty()) {
        sheet.card(l.picture);
        drawEvidencePicture(sheet, l.picture.adjusted(sheet.u(inset), sheet.u(inset), -sheet.u(inset), -sheet.u(inset)), *f->picture);
    }
    if (!l.source.isEmpty()) {
        sheet.card(l.source);
        const QFont mono = sheet.s.font(S::small, false, true);
        sheet.line({l.source.left() + sheet.u(inset), l.source.top(), l.source.width() - 2 * sheet.u(inset), sheet.u(48)},
                   cutToFit(sheet, f->file, mono, {l.source.width() - 2 * sheet.u(inset), sheet.lineHeight(mono) * 1.2}), mono, sheet.c.text2);
    }
    sheet.card(l.text);
}

} // namespace tenken
