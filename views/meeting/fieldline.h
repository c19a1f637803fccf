// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <meeting/sheet.h>

#include <QWidget>

class QLineEdit;

namespace tenken {

/// Where something is typed in a meeting: one line of labelled fields above the keys. Tab goes round, Enter goes to
/// the next empty field and, when nothing is missing, takes it; Esc puts it aside and what was typed stays for the
/// next time. Letters are letters here, and the input method works.
class FieldLine final : public QWidget
{
    Q_OBJECT
public:
    struct Field {
        QString key;               ///< "reason"
        Text name;
        QString start;
        int row = 0, share = 1;    ///< of the row's width
        QStringList known = {};    ///< completed while typing: names of participants
        Text example = {};
    };
    /// What is wrong with the values; empty: they can be taken.
    using Check = std::function<Text(const QHash<QString, QString> &)>;
    using Take = std::function<void(const QHash<QString, QString> &)>;

    explicit FieldLine(QWidget *parent = nullptr);

    void setScale(const MeetingScale &scale, Lang lang);
    /// `topic` names what is typed for, so that what was put aside comes back: "dissent resilience.graceful-stop".
    void open(const QString &topic, const Text &title, const std::vector<Field> &fields, const Check &check,
              const Take &take);
    void putAside();
    bool isOpen() const { return !m_edits.empty(); }
    qreal wantedHeight() const;
    QLineEdit *edit(const QString &key) const;

signals:
    void closed(bool taken);
    void openChanged();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QHash<QString, QString> values() const;
    void place();
    void enter(QLineEdit *from);
    void close(bool taken);
    QRectF fieldBox(size_t index) const;
    int rows() const;

    Lang m_lang = Lang::Ja;
    MeetingScale m_scale;
    QString m_topic;
    Text m_title, m_wrong;
    std::vector<Field> m_fields;
    std::vector<QLineEdit *> m_edits;
    Check m_check;
    Take m_take;
    QHash<QString, QHash<QString, QString>> m_aside;
};

/// "2026-12-04", "12-4", "12/4", "+14": a day not before `today`; invalid for anything else.
QDate dayTyped(const QString &text, const QDate &today);

} // namespace tenken
