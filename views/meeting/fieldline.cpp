// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <meeting/fieldline.h>

#include <QCompleter>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPainter>
#include <QRegularExpression>

#include <algorithm>

namespace tenken {

namespace {

using S = MeetingScale;

constexpr qreal margin = 48, titleHeight = 56, rowHeight = 112, nameHeight = 44, fieldHeight = 60, gap = 24, below = 16;
constexpr int longest = 4'000;

} // namespace

FieldLine::FieldLine(QWidget *parent) : QWidget(parent)
{
    setFocusPolicy(Qt::NoFocus);
    hide();
}

void FieldLine::setScale(const MeetingScale &scale, Lang lang)
{
    m_scale = scale;
    m_lang = lang;
    place();
    update();
}

void FieldLine::open(const QString &topic, const Text &title, const std::vector<Field> &fields, const Check &check,
                     const Take &take)
{
    if (isOpen())
        close(false);
    m_topic = topic;
    m_title = title;
    m_fields = fields;
    m_check = check;
    m_take = take;
    m_wrong = {};
    const QHash<QString, QString> aside = m_aside.value(topic);
    for (const Field &field : fields) {
        auto *edit = new QLineEdit(aside.value(field.key, field.start), this);
        edit->setMaxLength(longest);
        edit->setPlaceholderText(field.example.in(m_lang));
        edit->setAccessibleName(field.name.in(m_lang));
        edit->installEventFilter(this);
        if (!field.known.isEmpty()) {
            auto *completer = new QCompleter(field.known, edit);
            completer->setCompletionMode(QCompleter::InlineCompletion);
            completer->setCaseSensitivity(Qt::CaseInsensitive);
            edit->setCompleter(completer);
        }
        connect(edit, &QLineEdit::textEdited, this, [this] {
            m_wrong = {};
            update();
        });
        m_edits.push_back(edit);
    }
    place();
    show();
    raise();
    for (QLineEdit *edit : m_edits)
        edit->show();
    const auto empty = std::ranges::find_if(m_edits, [](const QLineEdit *edit) { return edit->text().isEmpty(); });
    QLineEdit *first = empty == m_edits.end() ? m_edits.front() : *empty;
    first->setFocus(Qt::OtherFocusReason);
    first->end(false);
    emit openChanged();
}

void FieldLine::putAside()
{
    if (!isOpen())
        return;
    m_aside.insert(m_topic, values());
    close(false);
}

void FieldLine::close(bool taken)
{
    for (QLineEdit *edit : m_edits) {
        edit->removeEventFilter(this);
        edit->hide();
        edit->deleteLater();
    }
    m_edits.clear();
    m_fields.clear();
    hide();
    emit openChanged();
    emit closed(taken);
}

QHash<QString, QString> FieldLine::values() const
{
    QHash<QString, QString> values;
    for (size_t i = 0; i < m_edits.size(); ++i)
        values.insert(m_fields[i].key, m_edits[i]->text());
    return values;
}

QLineEdit *FieldLine::edit(const QString &key) const
{
    for (size_t i = 0; i < m_edits.size(); ++i) {
        if (m_fields[i].key == key)
            return m_edits[i];
    }
    return nullptr;
}

void FieldLine::enter(QLineEdit *from)
{
    // On to what is still empty, after this one first.
    const auto at = std::ranges::find(m_edits, from) - m_edits.begin();
    const auto count = std::ptrdiff_t(m_edits.size());
    const QHash<QString, QString> given = values();
    m_wrong = m_check ? m_check(given) : Text{};
    if (m_wrong.isEmpty()) {
        const Take take = m_take;
        m_aside.remove(m_topic);
        close(true);
        take(given);
        return;
    }
    for (std::ptrdiff_t i = 1; i < count; ++i) {
        QLineEdit *next = m_edits[size_t((at + i) % count)];
        if (next->text().trimmed().isEmpty()) {
            next->setFocus(Qt::OtherFocusReason);
            break;
        }
    }
    update();
}

bool FieldLine::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) {
            enter(static_cast<QLineEdit *>(watched));
            return true;
        }
        if (key->key() == Qt::Key_Escape) {
            putAside();
            return true;
        }
        if (key->key() == Qt::Key_Tab || key->key() == Qt::Key_Backtab) {
            const auto at = std::ranges::find(m_edits, watched) - m_edits.begin();
            const auto count = std::ptrdiff_t(m_edits.size());
            const auto to = (at + (key->key() == Qt::Key_Tab ? 1 : count - 1)) % count;
            m_edits[size_t(to)]->setFocus(Qt::TabFocusReason);
            m_edits[size_t(to)]->end(false);
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

int FieldLine::rows() const
{
    int rows = 0;
    for (const Field &field : m_fields)
        rows = std::max(rows, field.row + 1);
    return rows;
}

qreal FieldLine::wantedHeight() const
{
    return m_scale.px(titleHeight + rows() * rowHeight + below) * std::max<qreal>(1, m_scale.zoom);
}

QRectF FieldLine::fieldBox(size_t index) const
{
    int shares = 0, before = 0, count = 0, place = 0;
    for (size_t i = 0; i < m_fields.size(); ++i) {
        if (m_fields[i].row != m_fields[index].row)
            continue;
        shares += m_fields[i].share;
        before += i < index ? m_fields[i].share : 0;
        place += i < index;
        ++count;
    }
    const qreal width = this->width() - 2 * m_scale.px(margin) - m_scale.px(gap) * (count - 1);
    const qreal one = width / std::max(1, shares), zoom = std::max<qreal>(1, m_scale.zoom);
    return {m_scale.px(margin) + one * before + m_scale.px(gap) * place,
            m_scale.px(titleHeight + m_fields[index].row * rowHeight) * zoom, one * m_fields[index].share, m_scale.px(rowHeight) * zoom};
}

void FieldLine::place()
{
    const qreal zoom = std::max<qreal>(1, m_scale.zoom);
    for (size_t i = 0; i < m_edits.size(); ++i) {
        const QRectF box = fieldBox(i);
        m_edits[i]->setFont(m_scale.font(S::small));
        m_edits[i]->setGeometry(QRectF(box.left(), box.top() + m_scale.px(nameHeight) * zoom, box.width(), m_scale.px(fieldHeight) * zoom).toAlignedRect());
        m_edits[i]->setPlaceholderText(m_fields[i].example.in(m_lang));
        m_edits[i]->setAccessibleName(m_fields[i].name.in(m_lang));
    }
}

void FieldLine::resizeEvent(QResizeEvent *) { place(); }

void FieldLine::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Colours &c = coloursFor(palette());
    Sheet sheet(painter, c, m_scale, m_lang);
    painter.fillRect(rect(), c.base);
    painter.fillRect(QRectF(0, 0, width(), sheet.u(4)), c.accent);
    const qreal zoom = std::max<qreal>(1, m_scale.zoom);
    const QRectF title(sheet.u(margin), sheet.u(6), width() - 2 * sheet.u(margin), sheet.u(titleHeight - 6) * zoom);
    const qreal taken = sheet.line(title, m_title.in(m_lang), sheet.s.font(S::small, true), c.text);
    const Text hint = m_wrong.isEmpty() ? Text{"Enter で決まり · Tab で次の欄 · Esc で閉じる(書きかけは残ります)",
                                               "Enter takes it · Tab: next field · Esc closes (what you typed stays)"} : m_wrong;
    const QRectF right = title.adjusted(taken + sheet.u(gap), 0, 0, 0);
    sheet.line(right, cutToFit(sheet, hint.in(m_lang), sheet.s.font(S::small), {right.width(), sheet.lineHeight(sheet.s.font(S::small)) * 1.2}),
               sheet.s.font(S::small, !m_wrong.isEmpty()), m_wrong.isEmpty() ? c.text2 : c.warn.text, Qt::AlignRight);
    for (size_t i = 0; i < m_fields.size(); ++i) {
        const QRectF box = fieldBox(i);
        sheet.line({box.left(), box.top(), box.width(), sheet.u(nameHeight) * zoom}, m_fields[i].name.in(m_lang), sheet.s.font(S::small), c.text2);
    }
}

QDate dayTyped(const QString &text, const QDate &today)
{
    static const QRegularExpression plus(QStringLiteral(R"(^\+\s*(\d{1,4})\s*(d|日)?$)"));
    static const QRegularExpression full(QStringLiteral(R"(^(\d{4})[-/](\d{1,2})[-/](\d{1,2})$)"));
    static const QRegularExpression brief(QStringLiteral(R"(^(\d{1,2})[-/](\d{1,2})$)"));
    // A Japanese keyboard types figures in full width as well.
    const QString clean = text.normalized(QString::NormalizationForm_KC).trimmed();
    QDate day;
    if (const auto m = plus.match(clean); m.hasMatch())
        day = today.addDays(m.captured(1).toInt());
    else if (const auto m = full.match(clean); m.hasMatch())
        day = QDate(m.captured(1).toInt(), m.captured(2).toInt(), m.captured(3).toInt());
    else if (const auto m = brief.match(clean); m.hasMatch()) {
        day = QDate(today.year(), m.captured(1).toInt(), m.captured(2).toInt());
        if (day.isValid() && day < today)
            day = day.addYears(1);
    }
    return day.isValid() && day >= today ? day : QDate();
}

} // namespace tenken
