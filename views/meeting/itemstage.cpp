// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <meeting/itemstage.h>

#include <parts/sourceview.h>
#include <parts/tighttimeline.h>

#include <QEvent>
#include <QPainter>

#include <algorithm>

namespace tenken {

namespace {

constexpr qreal pathHeight = 52, inset = 24, leastChart = 0.6, mostChart = 0.85;

} // namespace

ItemStage::ItemStage(const Session &session, const MeetingRoom &room, QWidget *parent)
    : QWidget(parent), m_session(session), m_room(room), m_source(new SourceView(this))
{
    setFocusPolicy(Qt::NoFocus);
    m_source->setHeaderShown(false);
    m_source->setFocusPolicy(Qt::NoFocus);
    for (QWidget *part : m_source->findChildren<QWidget *>())
        part->setFocusPolicy(Qt::NoFocus); // the window keeps the keys
    m_source->hide();
}

void ItemStage::setLanguage(Lang lang)
{
    if (m_lang != lang) {
        m_lang = lang;
        m_source->setLanguage(lang);
        m_sourceOf.clear();
    }
    refresh();
}

void ItemStage::setScale(const MeetingScale &scale)
{
    m_scale = scale;
}

void ItemStage::setNotesShown(bool shown)
{
    m_notes = shown;
    refresh();
}

ItemStage::Shows ItemStage::shows() const
{
    const Finding *finding = m_screen.finding;
    if (m_notes || !finding)
        return Shows::Notes;
    if (finding->picture && isDrawable(*finding->picture))
        return Shows::Picture;
    return hasSource(m_session, *finding) ? Shows::Source : Shows::Findings;
}

void ItemStage::refresh()
{
    m_screen = itemScreenOf(m_session, m_room, m_lang);
    setAccessibleName(m_screen.question);
    setAccessibleDescription(m_screen.spoken());
    placeSource();
    update();
}

void ItemStage::placeSource()
{
    const bool shown = shows() == Shows::Source && width() > 0;
    m_source->setVisible(shown);
    if (!shown)
        return;
    QPixmap device(1, 1);
    device.setDevicePixelRatio(devicePixelRatio());
    QPainter painter(&device);
    const Sheet sheet(painter, coloursFor(palette()), m_scale, m_lang);
    const QRectF box = layOutStage(sheet, size(), m_screen).evidence;
    m_source->setScale(MeetingScale::small * m_scale.unit * m_scale.zoom);
    m_source->setGeometry(box.adjusted(sheet.u(4), sheet.u(pathHeight), -sheet.u(4), -sheet.u(6)).toAlignedRect());
    const Finding &f = *m_screen.finding;
    const QString of = QStringList{f.file, QString::number(f.span.line), f.rule, f.measured.en, m_session.readAt().toString(Qt::ISODateWithMs)}.join(u'\n');
    if (std::exchange(m_sourceOf, of) != of)
        showSource(*m_source, m_session, f);
}

void ItemStage::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Colours &c = coloursFor(palette());
    painter.fillRect(rect(), c.window);
    if (m_screen.id.isEmpty())
        return;
    Sheet sheet(painter, c, m_scale, m_lang);
    const StageLayout layout = layOutStage(sheet, size(), m_screen);
    drawHead(sheet, layout.head, m_screen);
    drawQuestion(sheet, layout, m_screen);
    drawCards(sheet, layout, m_screen);
    drawRemarks(sheet, layout.remarks, m_screen);
    const QRectF &evidence = layout.evidence;
    switch (shows()) {
    case Shows::Notes:
        drawPresenterNotes(sheet, evidence, m_screen);
        break;
    case Shows::Picture:
        sheet.card(evidence);
        drawEvidencePicture(sheet, evidence.adjusted(sheet.u(inset), sheet.u(16), -sheet.u(inset), -sheet.u(12)), *m_screen.finding->picture);
        break;
    case Shows::Source:
        sheet.card(evidence);
        sheet.line({evidence.left() + sheet.u(inset), evidence.top(), evidence.width() - 2 * sheet.u(inset), sheet.u(pathHeight)},
                   m_screen.finding->file, m_scale.font(MeetingScale::small, false, true), c.text2);
        break;
    case Shows::Findings:
        drawFindings(sheet, evidence, m_room.current() && m_room.current()->result ? m_room.current()->result->findings : std::vector<Finding>{});
        break;
    }
    drawColumn(sheet, layout.column, m_screen);
}

void ItemStage::resizeEvent(QResizeEvent *) { placeSource(); }

void ItemStage::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        update();
    QWidget::changeEvent(event);
}

void drawEvidencePicture(Sheet &sheet, const QRectF &box, const Picture &picture)
{
    PictureStyle style = sheet.s.picture(sheet.c, sheet.lang);
    const auto *timeline = std::get_if<Timeline>(&picture);
    const auto heightAt = [&] { return timeline ? tightTimelineHeight(*timeline, style) : pictureHeight(picture, box.width(), style); };
    // Charts take the box as it is; what has rows of a fixed height gets smaller rather than cut off.
    const bool chart = std::holds_alternative<LoadTestPicture>(picture) || std::holds_alternative<CapacityPlan>(picture)
        || std::holds_alternative<Scaling>(picture) || std::holds_alternative<SeriesPicture>(picture);
    qreal height = box.height();
    if (const auto *plan = std::get_if<CapacityPlan>(&picture)) // two lines of text for each event
        style.scale = std::clamp(box.height() / pictureHeight(*plan, box.width(), PictureStyle{}), leastChart * style.scale, mostChart * style.scale);
    else if (chart)
        style.scale *= mostChart;
    for (int i = 0; i < 4 && !chart; ++i) {
        height = heightAt();
        if (height <= box.height() || height <= 0)
            break;
        style.scale *= std::max(0.5, box.height() / height);
    }
    height = std::min(height, box.height());
    const QRectF place(box.left(), box.top() + (box.height() - height) / 2, box.width(), height);
    sheet.p.save();
    sheet.p.setClipRect(box, Qt::IntersectClip);
    if (timeline)
        drawTightTimeline(sheet.p, place, *timeline, style);
    else
        drawPicture(sheet.p, place, picture, style);
    sheet.p.restore();
}

bool hasSource(const Session &session, const Finding &finding)
{
    return !finding.file.isEmpty() && finding.span.isValid() && !session.evidence().sourceText(finding.file).isEmpty();
}

void showSource(SourceView &view, const Session &session, const Finding &finding)
{
    QByteArray digest;
    for (const SourceFile &file : session.evidence().files) {
        if (file.path == finding.file)
            digest = file.sha256;
    }
    const QByteArray text = session.evidence().sourceText(finding.file);
    view.showFinding(finding, maskSecrets(QString::fromUtf8(text)).toUtf8(), digest);
}

} // namespace tenken
