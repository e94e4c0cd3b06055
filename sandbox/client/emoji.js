// Short codes -> the system's own emoji. An unknown code stays as it was written.

const KNOWN = `+1 👍 -1 👎 thumbsup 👍 tada 🎉 clap 👏 wave 👋 eyes 👀 raised_hands 🙌 pray 🙏 ok_hand 👌 muscle 💪
white_check_mark ✅ heavy_check_mark ✔️ ballot_box_with_check ☑️ x ❌ no_entry ⛔ no_entry_sign 🚫 warning ⚠️
hourglass ⌛ hourglass_flowing_sand ⏳ alarm_clock ⏰ stopwatch ⏱️ clock1 🕐 clock3 🕒 calendar 📅 date 📅
spiral_calendar_pad 🗓️ memo 📝 pencil 📝 pencil2 ✏️ page_facing_up 📄 page_with_curl 📃 bookmark_tabs 📑 clipboard 📋
file_folder 📁 open_file_folder 📂 paperclip 📎 pushpin 📌 round_pushpin 📍 link 🔗 lock 🔒 unlock 🔓 key 🔑 bell 🔔
no_bell 🔕 mailbox 📫 envelope ✉️ email 📧 incoming_envelope 📨 inbox_tray 📥 outbox_tray 📤 telephone_receiver 📞
moneybag 💰 euro 💶 dollar 💵 pound 💷 yen 💴 credit_card 💳 receipt 🧾 bar_chart 📊 chart_with_upwards_trend 📈
chart_with_downwards_trend 📉 trophy 🏆 medal 🏅 sports_medal 🏅 first_place_medal 🥇 star ⭐ star2 🌟 sparkles ✨
rocket 🚀 fire 🔥 heart ❤️ green_heart 💚 blue_heart 💙 smile 😄 slightly_smiling_face 🙂 grinning 😀 joy 😂
thinking_face 🤔 sweat_smile 😅 relieved 😌 bulb 💡 mag 🔍 speech_balloon 💬 thought_balloon 💭 question ❓
exclamation ❗ grey_question ❔ information_source ℹ️ rotating_light 🚨 construction 🚧 wrench 🔧 hammer_and_wrench 🛠️
gear ⚙️ robot_face 🤖 handshake 🤝 writing_hand ✍️ lower_left_fountain_pen 🖋️ black_nib ✒️ scales ⚖️
red_circle 🔴 large_yellow_circle 🟡 large_green_circle 🟢 large_blue_circle 🔵 white_circle ⚪ black_circle ⚫
arrow_right ➡️ arrow_left ⬅️ arrow_up ⬆️ arrow_down ⬇️ arrows_counterclockwise 🔄 repeat 🔁 fast_forward ⏩
double_vertical_bar ⏸️ pause_button ⏸️ arrow_forward ▶️ black_square_for_stop ⏹️ one 1️⃣ two 2️⃣ three 3️⃣ four 4️⃣
five 5️⃣ palm_tree 🌴 sunny ☀️ crescent_moon 🌙 zzz 💤 busts_in_silhouette 👥 bust_in_silhouette 👤 office 🏢
earth_africa 🌍 globe_with_meridians 🌐 package 📦 gift 🎁 confetti_ball 🎊 balloon 🎈 champagne 🍾 birthday 🎂
coffee ☕ seedling 🌱 shield 🛡️ books 📚 book 📖 newspaper 📰 label 🏷️ ticket 🎫 flag-de 🇩🇪 flag-fr 🇫🇷`;

const TABLE = new Map();
const words = KNOWN.split(/\s+/);
for (let at = 0; at + 1 < words.length; at += 2) TABLE.set(words[at], words[at + 1]);

export const emoji = (name) => TABLE.get(name);
export const CHOICES = ["+1", "white_check_mark", "eyes", "tada", "clap", "raised_hands", "pray", "heart"];

export const withEmoji = (text) => text.replace(/:([a-z0-9_+-]+):/g, (whole, name) => emoji(name) || whole);
