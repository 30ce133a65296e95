"""Words that say little of what a message is about, in the languages that the base has read."""

from __future__ import annotations

_ASKING = """
what which who whom whose when where why how qué cuál cuáles cómo cuándo cuánto cuánta dónde
quién qual quais como quando quanto quanta onde quem quel quelle quels quelles comment quand
combien où qui quoi pourquoi was wer wo wann warum wie welche welcher welches wieviel quale quali
come dove chi cosa perché wat waar wanneer waarom hoe welke jak jaki jaka jakie co kto gdzie
kiedy dlaczego ile что как какой какая какие какое кто где когда почему сколько ne nasıl nerede
nereye neden niçin kim hangi kaç apa apakah bagaimana siapa kapan mana dimana mengapa kenapa
berapa gì ai đâu bao nhiêu mấy nào sao ما ماذا كيف متى أين لماذا كم أي क्या कौन कब कहाँ क्यों
कैसे कितना कितने कितनी 무엇 무엇인가요 뭐 어떻게 언제 어디 어디에 왜 누가 누구 얼마
"""
"""What a question asks for; it tells "when do you open" from "why do you open"."""

_OTHERS = """
    a an the this that these those it its is are was were be been am do does did done have has
    had can could will would shall should may might must i you he she we they me my mine your
    yours our us his her their them of in on at to for from by with about as into and or but if
    so not no what which who whom whose when where why how there here any some much many please
    tell know get got want need i'm i'd i'll you're it's what's is there don't can't 's

    el la los las un una unos unas lo de del al en a con por para sin sobre y o u e que qué cual
    cuál cuales cuáles como cómo cuando cuándo cuanto cuánto cuanta cuánta donde dónde quien
    quién es son está están ser estar hay ha he se me mi mis tu tus su sus te le les nos puedo
    puede pueden hacer tengo tiene tienen yo usted ustedes

    o os as um uma uns umas do da dos das no na nos nas em com para por sem sobre e ou que qual
    quais como quando quanto quanta onde quem é são está estão ser há eu você vocês me meu minha
    seu sua posso pode podem fazer tenho tem têm

    le la les l' un une des du de d' en à au aux avec pour par sans sur et ou que qu' quel
    quelle quels quelles comment quand combien où qui quoi est est-ce sont être avoir a ai ont
    il elle on je j' tu vous nous ils me mon ma mes votre vos notre ce cet cette ces c'est
    puis-je peut peux pouvez y

    der die das den dem des ein eine einen einem einer eines ist sind war sein haben hat habe
    kann können könnte ich du er sie es wir ihr mich mir mein meine meinen dein ihre ihren euch
    sich von im am auf aus bei mit nach zu zum zur für über und oder aber wie was wer wo wann
    warum welche welcher welches wieviel viel gibt man muss soll werden wird

    il lo la i gli le un uno una di del della dei delle da dal in nel nella a al alla con su per
    tra e o che quale quali come quando quanto quanta dove chi cosa è sono ho ha hanno essere
    c'è posso può possono mi mio mia tuo tua suo sua vi voi io

    de het een en of is zijn was ben heb heeft hebben kan kunnen ik je jij u hij zij we wij
    jullie mijn uw jouw van in op aan bij met naar te voor over om wat wie waar wanneer waarom
    hoe welke welk er dit dat

    w we z ze na do od o u i a oraz lub że czy jest są być mam ma mieć mogę może można się mnie
    mi mój moja moje twój ty ja jak jaki jaka jakie co kto gdzie kiedy dlaczego ile dla po przy

    в во на с со к ко о об у и а но или что как какой какая какие какое кто где когда почему
    сколько ли это этот эта есть быть я ты вы мы он она они мне меня мой моя мои ваш ваша ваши
    можно могу для от до по за из при не

    ve veya bir bu şu o mi mı mu mü ne nasıl nerede nereye neden niçin kim hangi kaç var yok
    için ile da de ki ben sen siz biz benim senin sizin olarak olan

    yang dan atau di ke dari untuk dengan pada adalah ini itu apa apakah bagaimana siapa kapan
    mana dimana mengapa kenapa berapa saya aku kamu anda kami kita bisa dapat ada tidak nya

    là và hoặc của cho với ở tại trong ngoài từ đến về có không được bị thì mà này kia đó những
    các một cái nào gì ai đâu bao nhiêu mấy khi thế như sao tôi mình bạn em anh chị ạ à vậy hãy
    xin làm

    في من إلى على عن مع هو هي هل ما ماذا كيف متى أين لماذا كم أي هذا هذه ذلك التي الذي أن إن
    أنا أنت نحن لي لك و أو يمكن يمكنني

    है हैं था थे थी का के की को में से पर और या यह वह ये वे क्या कौन कब कहाँ क्यों कैसे
    कितना कितने कितनी मैं आप हम मेरा मेरी मेरे आपका आपकी आपके हूँ हो कर सकता सकते सकती लिए ने

    는 은 이 가 을 를 의 에 에서 와 과 도 무엇 무엇인가요 뭐 어떻게 언제 어디 어디에 왜 누가 얼마
    있나요 인가요 하나요 되나요 수 제가 저는 나는
"""

ASKING_WORDS = frozenset(_ASKING.split())
FUNCTION_WORDS = frozenset(_OTHERS.split()) | ASKING_WORDS
