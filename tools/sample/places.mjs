// Given and family names that are common in each country, put together at random: nobody in particular.
const words = (text) => text.trim().split(/\s*,\s*/)

const SAHEL_MEN = words(`Mamadou, Moussa, Amadou, Ibrahima, Ousmane, Abdoulaye, Cheikh, Modou, Aliou, Boubacar, Seydou,
  Souleymane, Issa, Oumar, Moustapha, Lamine, Babacar, Adama, Bakary, Drissa, Idrissa, Youssouf, Sékou, Salif, Tidiane,
  Thierno, Alioune, Mamoudou, Siaka, Yaya, Daouda, Djibril, El Hadj, Pape, Malick, Saliou, Demba, Samba`)
const SAHEL_WOMEN = words(`Fatou, Aminata, Mariam, Aïssatou, Awa, Khady, Fatoumata, Ramatoulaye, Coumba, Ndeye, Bintou,
  Kadiatou, Oumou, Rokia, Assetou, Mariama, Sokhna, Adja, Astou, Djeneba, Hawa, Safiatou, Salimata, Nafissatou, Maïmouna,
  Aïcha, Rokhaya, Sira, Tènin, Korotoumou, Bineta, Yacine, Dieynaba`)
const COAST_MEN = words(`Kouassi, Koffi, Yao, Kouamé, Konan, Jean-Baptiste, Serge, Franck, Didier, Emmanuel, Ibrahim,
  Lassina, Adama, Moussa, Hervé, Patrick, Arsène, Désiré, Bakary, Olivier`)
const COAST_WOMEN =
  words(`Adjoua, Affoué, Amenan, Akissi, Marie-Laure, Mariam, Fatoumata, Clarisse, Solange, Estelle, Aya,
  Bintou, Christelle, Nadège, Rosine, Massandjé, Aïcha, Prisca`)
const CENTRE_MEN = words(`Jean-Pierre, Emmanuel, Samuel, Hervé, Alain, Serge, Patrice, Blaise, Hamidou, Ousmanou, Bouba,
  Christian, Rodrigue, Achille, Guy, Théophile, Martin, Aboubakar`)
const CENTRE_WOMEN =
  words(`Marie-Claire, Solange, Chantal, Brigitte, Carine, Estelle, Nadège, Aïssatou, Hadidja, Odette,
  Véronique, Thérèse, Sandrine, Mireille, Pauline, Rosalie`)
const MAGHREB_MEN = words(`Mohamed, Ahmed, Youssef, Karim, Rachid, Hassan, Omar, Khalid, Hamza, Mehdi, Saïd, Abdellah,
  Abdelkader, Mustapha, Brahim, Samir, Nabil, Anis, Bilal, Ali, Houcine, Abderrahmane, Zakaria, Walid, Slimane, Sofiane,
  Tarek, Reda, Lotfi, Amine, Hichem, Ismaïl`)
const MAGHREB_WOMEN = words(`Fatima, Khadija, Aïcha, Amina, Salma, Naïma, Leïla, Samira, Nadia, Yasmine, Zineb, Meriem,
  Houda, Sanaa, Karima, Rachida, Sara, Imane, Hanane, Fatima-Zohra, Lamia, Sonia, Ines, Rim, Souad, Malika, Nawel, Amel`)
const FRENCH_MEN = words(`Jean, Pierre, Michel, Philippe, Nicolas, Julien, Thomas, Antoine, Louis, Hugo, François, Éric,
  Mathieu, Jérôme, Rémi, Cédric`)
const FRENCH_WOMEN = words(`Marie, Hélène, Isabelle, Nathalie, Céline, Chloé, Léa, Camille, Sophie, Claire, Élodie, Zoé,
  Françoise, Anaïs, Juliette, Aurélie`)

/** `weight` is the share in percent; `''` is a patient whose country nobody wrote down. */
export const COUNTRIES = [
  {
    code: 'SN',
    weight: 22,
    men: SAHEL_MEN,
    women: SAHEL_WOMEN,
    cities: words('Dakar, Thiès, Saint-Louis, Kaolack, Ziguinchor, Mbour'),
    families:
      words(`Diallo, Ndiaye, N'Diaye, Fall, Diop, Sow, Ba, Gueye, Sarr, Faye, Cissé, Diouf, Seck, Sy, Mbaye, Thiam, Niang,
      Sène, Kane, Diagne, Ndour, Camara, Diatta, Sagna, Badji, Mendy, Dieng, Wade, Touré, Diédhiou`),
  },
  {
    code: 'MA',
    weight: 18,
    men: MAGHREB_MEN,
    women: MAGHREB_WOMEN,
    cities: words('Casablanca, Rabat, Fès, Meknès, Marrakech, Tanger, Agadir'),
    families:
      words(`Alaoui, El Amrani, Bennani, Benjelloun, Tazi, Idrissi, El Fassi, Berrada, Chraïbi, Aït Ahmed, Ouazzani,
      Mansouri, Hajji, Lahlou, Naciri, Bouzidi, El Khattabi, Sefrioui, Zerouali, Cherkaoui, Filali`),
  },
  {
    code: 'CI',
    weight: 12,
    men: COAST_MEN,
    women: COAST_WOMEN,
    cities: words('Abidjan, Bouaké, Yamoussoukro, Daloa, Korhogo, San-Pédro'),
    families:
      words(`Kouassi, Kouamé, Yao, Koffi, Konan, N'Guessan, Kouadio, Ouattara, Koné, Coulibaly, Traoré, Bamba, Touré, Dosso,
      Kra, Aka, Soro, Silué, Brou, Gnamien`),
  },
  {
    code: 'ML',
    weight: 10,
    men: SAHEL_MEN,
    women: SAHEL_WOMEN,
    cities: words('Bamako, Sikasso, Ségou, Kayes, Mopti, Koutiala'),
    families:
      words(`Traoré, Coulibaly, Keïta, Diarra, Sangaré, Dembélé, Koné, Sidibé, Maïga, Touré, Cissé, Doumbia, Konaté, Diakité,
      Sissoko, Kanté, Haïdara, Sanogo, Samaké, Kouyaté`),
  },
  {
    code: 'DZ',
    weight: 10,
    men: MAGHREB_MEN,
    women: MAGHREB_WOMEN,
    cities: words('Alger, Oran, Constantine, Annaba, Béjaïa, Sétif'),
    families:
      words(`Benali, Saïdi, Bouzid, Khelifi, Mansouri, Brahimi, Hamdi, Belkacem, Cherif, Boudiaf, Rahmani, Ziani, Ould Ali,
      Meziane, Haddad, Aït Saïd, Benmoussa, Ferhat, Larbi, Kaci`),
  },
  {
    code: 'TN',
    weight: 8,
    men: MAGHREB_MEN,
    women: MAGHREB_WOMEN,
    cities: words('Tunis, Sfax, Sousse, Bizerte, Gabès, Kairouan'),
    families:
      words(`Trabelsi, Ben Ali, Hammami, Gharbi, Jaziri, Bouazizi, Ben Salah, Mejri, Chebbi, Ayari, Jlassi, Ferjani, Dridi,
      Mabrouk, Sassi, Ben Amor, Khemiri, Zouari`),
  },
  {
    code: 'CM',
    weight: 8,
    men: CENTRE_MEN,
    women: CENTRE_WOMEN,
    cities: words('Yaoundé, Douala, Garoua, Bafoussam, Maroua, Bamenda'),
    families:
      words(`Mballa, Ngono, Fotso, Kamga, Tchoumi, Essomba, Atangana, Mbarga, Nkoulou, Abena, Eyenga, Njoya, Talla, Wamba,
      Ndongo, Bello, Oumarou, Djoumessi`),
  },
  {
    code: 'BF',
    weight: 6,
    men: SAHEL_MEN,
    women: SAHEL_WOMEN,
    cities: words('Ouagadougou, Bobo-Dioulasso, Koudougou, Ouahigouya, Banfora'),
    families:
      words(`Ouédraogo, Sawadogo, Kaboré, Zongo, Ilboudo, Compaoré, Nikiéma, Kinda, Tapsoba, Sanou, Traoré, Barry, Zoungrana,
      Ouattara, Bambara, Yaméogo`),
  },
  {
    code: 'FR',
    weight: 4,
    men: FRENCH_MEN,
    women: FRENCH_WOMEN,
    cities: words('Marseille, Lyon, Paris, Montreuil, Toulouse'),
    families:
      words(`Martin, Bernard, Dubois, Durand, Lefèvre, Moreau, Laurent, Girard, Roux, Fontaine, Chevalier, Garnier, François,
      Mercier, Guérin, Boyer, Lemaître`),
  },
  {
    code: '',
    weight: 2,
    men: SAHEL_MEN,
    women: SAHEL_WOMEN,
    cities: words('Dakar, Nouakchott, Conakry, Niamey'),
    families: words('Bah, Barry, Baldé, Camara, Soumah, Condé, Ould Ahmed, Mint Ahmed, Issoufou, Maman'),
  },
]

export const STREETS =
  words(`rue de la Gare, avenue de l'Indépendance, boulevard de la Liberté, rue du Marché, rue des Écoles,
  avenue de la République, rue de l'Hôpital, quartier Médina, cité des Fleurs, rue des Jardins, route de la Corniche, rue du Fleuve`)
