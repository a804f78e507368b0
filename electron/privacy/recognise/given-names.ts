/** Frequent given names in English and neighbouring languages; from general knowledge, no list of anybody's. */
export const givenNames: ReadonlySet<string> = new Set(
  (
    'Aaron Abigail Adam Adrian Agnes Ahmed Aisha Alan Albert Alejandro Alex Alexander Alexandra Alfred Ali Alice Alicia ' +
    'Amanda Amelia Amir Amy Ana Andre Andrea Andreas Andrew Angela Anita Anna Anne Annie Anthony Antoine Antonio Ariana ' +
    'Arjun Arthur Ashley Astrid Barbara Beatrice Ben Benjamin Bernard Beth Bianca Bill Bob Brandon Brenda Brian Bruce ' +
    'Camille Carl Carla Carlos Carmen Carol Caroline Catherine Cecilia Charles Charlotte Chen Chloe Chris Christian ' +
    'Christina Christine Christopher Claire Clara Claudia Colin Connor Craig Cynthia Daniel Daniela David Deborah Denise ' +
    'Dennis Derek Diana Diane Diego Dmitri Dominic Donald Donna Doris Dorothy Douglas Dylan Edith Edward Eileen Elaine ' +
    'Eleanor Elena Elias Elizabeth Ella Ellen Emily Emma Eric Erik Erin Ernest Esther Ethan Eva Evelyn Fatima Felix ' +
    'Fernando Fiona Florence Frances Francesca Francis Franck Frank Fred Frederick Gabriel Gareth Gary Gemma George ' +
    'Gerald Gerard Giulia Gloria Gordon Grace Graham Greg Gregory Greta Hannah Hans Harold Harriet Harry Hassan Heather ' +
    'Helen Helena Henry Hiroshi Howard Hugh Hugo Ian Ibrahim Ines Ingrid Irene Isaac Isabel Isabella Ivan Jack Jacob ' +
    'Jacqueline James Jamie Jan Jane Janet Janice Jasmine Jason Javier Jean Jeffrey Jennifer Jeremy Jessica Jill Joan ' +
    'Joanna Joanne Joe Joel Johan Johannes John Jonas Jonathan Jorge Jose Joseph Joshua Joyce Juan Judith Julia Julian ' +
    'Julie Jürgen Justin Karen Karl Kate Katherine Kathleen Kathryn Katie Keith Kelly Kenneth Kevin Khalid Kim Klaus ' +
    'Kristen Kumar Kyle Lars Laura Lauren Laurent Lawrence Lea Leah Lena Leo Leon Leonard Leslie Lewis Liam Lily Linda ' +
    'Lisa Logan Lorenzo Louis Louise Luca Lucas Lucia Lucy Luis Luke Luna Lydia Madison Manuel Marc Marco Marcus Margaret ' +
    'Maria Marie Marina Mario Marion Marjorie Mark Marta Martha Martin Mary Mason Mateo Matthew Matthias Maureen Max ' +
    'Megan Mei Melanie Melissa Mia Michael Michel Michelle Miguel Mike Mohamed Mohammed Monica Morgan Muhammad Nadia ' +
    'Nancy Naomi Natalia Natalie Nathan Neil Nicholas Nick Nicola Nicole Nigel Nikolai Nina Noah Noor Nora Norman Olga ' +
    'Oliver Olivia Omar Oscar Otto Owen Pablo Pamela Patricia Patrick Paul Paula Pedro Peter Petra Philip Phillip Pierre ' +
    'Priya Rachel Rafael Rahul Raj Ralph Raymond Rebecca Ricardo Richard Rita Robert Roberto Robin Roger Roland Ronald ' +
    'Rosa Rose Ross Roy Russell Ruth Ryan Sally Sam Samantha Samira Samuel Sandra Sara Sarah Scott Sean Sebastian Sergei ' +
    'Sharon Shaun Sheila Shirley Simon Sofia Sonia Sophia Sophie Stefan Stella Stephanie Stephen Steve Steven Stuart ' +
    'Susan Svetlana Sylvia Tamara Tanya Tara Tatiana Teresa Theodore Theresa Thomas Tim Timothy Tina Tobias Todd Tom ' +
    'Tony Tracy Ursula Valentina Valerie Vanessa Vera Veronica Victor Victoria Vincent Virginia Vivian Walter Wayne ' +
    'Wendy William Wolfgang Xavier Yasmin Yuki Yusuf Yvonne Zachary Zara Zoe'
  ).split(' '),
);
