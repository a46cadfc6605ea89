/** `npm run screenshots`: every admin page, empty, healthy and troubled, wide and narrow, as pictures to look at. */
export {};
