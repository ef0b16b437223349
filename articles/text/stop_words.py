"""Words that say nothing of the subject, by language; they also tell which language a text is in."""

_WORDS = {
    "en": """
        a about above after again against all also am an and any are as at be because been before being below between
        both but by can could did do does doing down during each even few for from further had has have having he her
        here hers him his how i if in into is it its itself just like made make many may me might more most much must my
        new no nor not now of off on once one only or other our out over own said same say says she should since so some
        still such than that the their them then there these they this those three through to too two under until up us
        very was way we were what when where which while who whom why will with would year years yet you your""",
    "fr": """
        ai après au aussi autre aux avait avant avec avoir bien c ce ces cet cette comme d dans de des deux dont du elle
        elles en encore entre est et été être eux fait il ils j je l la le les leur leurs lui m ma mais me même mes moi
        moins mon n ne nos notre nous on ont ou où par pas peu plus pour qu que qui s sa sans se selon ses si son sont
        sous sur ta te tes toi ton tous tout toute très trop tu un une vers vos votre vous y""",
    "de": """
        aber als am an auch auf aus bei beim bis da damit dann das dass dem den denn der des dessen die dies diese
        dieser doch du durch ein eine einem einen einer eines er es etwa für gegen haben hat hatte ich ihr ihre im in
        ist ja jetzt kann kein keine man mehr mit nach nicht noch nun nur ob oder ohne sehr sei sein seine seit sich sie
        sind so über um und uns unter viel vom von vor war waren was wegen weil wenn wer werde werden wie wieder will
        wir wird wo worden wurde wurden zu zum zur zwei zwischen""",
    "es": """
        a al algo antes así aunque cada como con cual cuando de del desde donde dos durante e el ella ellas ellos en
        entre era es esa ese eso esta está este esto estos fue ha había han hasta hay la las le les lo los más me mi muy
        ni no nos o otra otro para pero poco por porque que qué quien se según ser si sido sin sobre son su sus también
        tan tanto te tiene todo todos tras tu un una uno unos y ya yo""",
    "it": """
        a ad agli ai al alla alle allo anche che chi ci come con contro cui da dagli dai dal dalla dalle degli dei del
        della delle dello di dopo dove due e è ed era essere fa fra gli ha hanno i il in io la le lei li lo loro lui ma
        mi nei nel nella nelle no noi non o ogni per perché più poi prima quando quanto quella quello questa questo se
        sei si sia sono sta su sua sue sui sul sulla suo tra tutti un una uno""",
    "pt": """
        a ainda ao aos as às até cada com como da das de depois do dois dos e é ela ele eles em entre era essa esse esta
        está este eu foi foram há isso já lhe mais mas me mesmo muito na não nas nem no nos o os ou para pela pelo por
        porque quando que quem são se sem ser seu seus só sobre sua suas também tem tinha um uma você""",
    "nl": """
        aan al alle als bij dan dat de der deze die dit doch doen door dus een en er ge geen haar had heb hebben heeft
        hem het hier hij hoe hun ik in is ja je kan kunnen maar me meer men met mijn moet na naar niet niets nog nu of
        om onder ons ook op over reeds te tegen toch toen tot u uit uw van veel voor want waren was wat werd wezen wie
        wij worden wordt zal ze zelf zich zij zijn zo zonder zou""",
    "sv": """
        alla att av blev bli blir de dem den denna deras dess det detta dig din dock du där då efter eller en er ett
        från för ha hade han hans har hon hur här i icke inte ja jag kan kunde man med mellan men mig min mot mycket ni
        nu när och om oss på samma sedan sig sin ska skulle som så till under upp ut utan var vara vi vid vilka vilken
        är även över""",
    "pl": """
        a aby ale bardzo bez bo by był była było były być co czy dla do dwa gdy gdzie go i ich ile im in ja jak jako je
        jego jej jest jeszcze jeśli już kiedy kto która które który którzy lub ma mają może na nad nie nich niż o od on
        ona oraz po pod podczas powiedział poza przed przez przy roku się są ta tak także tam te tego tej ten to tu tych
        tylko tym w we więc wszystko z za ze że""",
    "tr": """
        acaba ama ancak artık aslında ayrıca bana bazı belki ben bile bir biri birkaç biz bu bunu bunun burada çok çünkü
        da daha de defa değil diye en gibi göre hem hep her hiç için ile ise işte kadar karşı ki kim mi mı mu mü nasıl
        ne neden nerede niye o olan olarak oldu olduğu on ona ondan onlar onu onun sanki şey siz sonra şu tüm üzere ve
        veya ya yani""",
    "ru": """
        а без более бы был была были было быть в вам вас во вот все всего вы где да даже для до его ее если есть еще же
        за и из или им их к как ко когда кто ли может мы на над не него нее нет ни них но о об один он она они от по под
        при с со так также такой там то того тоже только том ты у уже чем что чтобы эти этого этой этот это я""",
    "ar": """
        في من على إلى عن أن إن كان كانت هذا هذه ذلك التي الذي الذين ما لا لم لن قد كل بعد قبل بين مع أو ثم حتى هو هي هم
        أي كما لكن غير عند منذ خلال حيث بن وقد وفي ومن ولا وهو وكان التى الى اذا يكون تم""",
}

STOP_WORDS = {language: frozenset(words.split()) for language, words in _WORDS.items()}
EVERY = frozenset().union(*STOP_WORDS.values())
